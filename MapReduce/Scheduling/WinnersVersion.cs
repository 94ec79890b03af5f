using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MapReduce.Scheduling;

/// <summary>
/// The version of a stage's winners: a chain of hashes over every win made and taken back. A mere count would come to the
/// same number again with other winners after the store lost its memory, and masters that remember the former ones would
/// send reduces to outputs that are gone.
/// </summary>
/// <remarks>SHA-1 because a store that runs scripts has it built in; nobody gains by a collision.</remarks>
internal static class WinnersVersion
{
    /// <summary>The first 32 bits of the hash of <c>version+index:token</c> for a win, of <c>version-index:token</c> for one taken back.</summary>
    public static long Next(long version, bool isWin, int index, string token)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{version}{(isWin ? '+' : '-')}{index}:{token}");
#pragma warning disable CA5350 // Nothing is kept secret or proved by it.
        return BinaryPrimitives.ReadUInt32BigEndian(SHA1.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5350
    }
}

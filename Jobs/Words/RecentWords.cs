using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MapReduce.Jobs.Words;

/// <summary>
/// Remembers which words a file had lately, so that most repeats need not become records. May forget, never errs the other way.
/// One place for each hash, 1 MiB in all, nothing allocated for a word.
/// </summary>
internal sealed class RecentWords
{
    private const int Places = 1 << 15;
    private const int Longest = 31;
    private readonly Vector256<byte>[] _words = new Vector256<byte>[Places];
    private readonly int[] _generations = new int[Places];
    private int _generation = 1;

    /// <summary>Forgets all words.</summary>
    public void Forget() => _generation++;

    /// <summary>True unless the word is known to have been added since the last <see cref="Forget"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Add(ReadOnlySpan<byte> word)
    {
        if (word.Length > Longest) return true;
        // The length tells words apart that end with different numbers of NULs.
        Span<byte> padded = stackalloc byte[Longest + 1];
        padded.Clear();
        word.CopyTo(padded);
        padded[Longest] = (byte)word.Length;
        var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(padded));
        var place = Place(bytes.AsUInt64());
        if (_words[place] == bytes && _generations[place] == _generation) return false;
        _words[place] = bytes;
        _generations[place] = _generation;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(Vector256<ulong> word)
    {
        var hash = (word[0] * 0x9E3779B97F4A7C15) ^ (word[1] * 0xC2B2AE3D27D4EB4F) ^ (word[2] * 0x165667B19E3779F9) ^ word[3];
        return (int)((hash * 0x9E3779B97F4A7C15) >> 49);
    }
}

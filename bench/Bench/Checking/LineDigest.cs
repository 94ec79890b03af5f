using System.Numerics;
using System.Runtime.InteropServices;

namespace Bench.Checking;

/// <summary>
/// A digest of lines that does not depend on their order: their number and the sum of their hashes. Two outputs with equal
/// digests have the same lines; when both ascend, too, they are the same output, however it is cut into parts. It takes no
/// memory, so that it can check outputs larger than memory.
/// </summary>
internal sealed class LineDigest
{
    private long _lines;
    private UInt128 _sum;

    public void Add(ReadOnlySpan<byte> line)
    {
        _lines++;
        _sum += Hash(line);
    }

    public override string ToString() => $"{_lines} lines, digest {_sum:x32}";

    private static UInt128 Hash(ReadOnlySpan<byte> line)
    {
        ulong a = (ulong)line.Length, b = ~a;
        for (; line.Length >= 8; line = line[8..]) Mix(ref a, ref b, MemoryMarshal.Read<ulong>(line));
        ulong last = 0;
        foreach (byte x in line) last = last << 8 | x;
        Mix(ref a, ref b, last);
        return new UInt128(Finish(a), Finish(b));
    }

    private static void Mix(ref ulong a, ref ulong b, ulong word)
    {
        a = BitOperations.RotateLeft((a ^ word) * 0x9E3779B97F4A7C15UL, 31);
        b = (BitOperations.RotateLeft(b, 27) + word) * 0xD6E8FEB86659FD93UL;
    }

    private static ulong Finish(ulong x)
    {
        x = (x ^ (x >> 32)) * 0xBF58476D1CE4E5B9UL;
        return x ^ (x >> 29);
    }
}

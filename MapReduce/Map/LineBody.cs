using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MapReduce.Input;

namespace MapReduce.Map;

/// <summary>
/// Gives the lines of a block to user code one by one, without their ends (LF or CRLF) and without a byte-order mark before
/// the first. Line ends are found 64 bytes at a time.
/// </summary>
internal abstract unsafe class LineBody : BlockBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override long Process(in LineBlock block)
    {
        long lines = 0;
        fixed (byte* buffer = block.Buffer)
        {
            byte* first = buffer + block.Start, start = first, end = first + block.Length;
            if (block.Offset == 0 && block.Length >= 3 && start[0] == 0xEF && start[1] == 0xBB && start[2] == 0xBF) start += 3;
            var newline = Vector256.Create((byte)'\n');
            // Up to 63 bytes past the end are read and masked away: the buffer has room for them.
            for (var at = first; at < end; at += 64)
            {
                var ends = Vector256.Equals(Vector256.Load(at), newline).ExtractMostSignificantBits()
                    | ((ulong)Vector256.Equals(Vector256.Load(at + 32), newline).ExtractMostSignificantBits() << 32);
                if (end - at < 64) ends &= (1UL << (int)(end - at)) - 1;
                for (; ends != 0; ends &= ends - 1)
                {
                    var lineEnd = at + BitOperations.TrailingZeroCount(ends);
                    Give(block.Buffer, buffer, start, lineEnd, first);
                    start = lineEnd + 1;
                    lines++;
                }
            }

            if (start < end)
            {
                Give(block.Buffer, buffer, start, end, first);
                lines++;
            }
        }

        return lines;
    }

    /// <summary>Maps one line.</summary>
    protected abstract void Map(byte[] buffer, int start, int length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Give(byte[] block, byte* buffer, byte* start, byte* end, byte* first)
    {
        Position = (int)(start - first);
        if (end > start && end[-1] == '\r') end--;
        Map(block, (int)(start - buffer), (int)(end - start));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Limit;

/// <summary>Cuts bytes into words 64 bytes at a time and counts them in batches, so that the table's cache misses overlap.</summary>
internal static unsafe class Tokenizer
{
    private static readonly ulong* KeepA = Masks(0), KeepB = Masks(1);

    /// <summary>Counts the words of [p, end). The byte before end is a delimiter; 64 bytes past end can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count(CountTable table, byte* p, byte* end)
    {
        ulong* a = stackalloc ulong[128], b = stackalloc ulong[128], h = stackalloc ulong[128];
        ulong* keepA = KeepA, keepB = KeepB;
        int queued = 0;
        byte* start = p;
        var space = Vector512.Create((byte)' ');
        for (byte* block = p; block < end; block += 64)
        {
            ulong delimiters = Vector512.LessThanOrEqual(Vector512.Load(block), space).ExtractMostSignificantBits();
            long left = end - block;
            if (left < 64) delimiters &= (1UL << (int)left) - 1;
            Slot* slots = table.Slots;
            ulong mask = table.Mask;
            while (delimiters != 0)
            {
                byte* stop = block + BitOperations.TrailingZeroCount(delimiters);
                delimiters &= delimiters - 1;
                long length = stop - start;
                if (length > 0)
                {
                    if (length <= 16)
                    {
                        ulong x = *(ulong*)start & keepA[length], y = *(ulong*)(start + 8) & keepB[length], hash = CountTable.Hash(x, y);
                        a[queued] = x;
                        b[queued] = y;
                        h[queued] = hash;
                        queued++;
                        Sse.Prefetch0(slots + (hash & mask));
                    }
                    else
                    {
                        table.Long.Add(new ReadOnlySpan<byte>(start, (int)length), 1);
                    }
                }

                start = stop + 1;
            }

            if (queued < 64) continue;
            for (int i = 0; i < queued; i++) table.Add(a[i], b[i], h[i], 1);
            queued = 0;
        }

        for (int i = 0; i < queued; i++) table.Add(a[i], b[i], h[i], 1);
    }

    // [n]: the bits to keep of the first (half 0) or second (half 1) eight bytes of a word of n bytes
    private static ulong* Masks(int half)
    {
        var masks = (ulong*)NativeMemory.Alloc(17 * 8);
        for (int n = 0; n <= 16; n++)
        {
            int bytes = Math.Clamp(n - half * 8, 0, 8);
            masks[n] = bytes == 8 ? ulong.MaxValue : (1UL << (bytes * 8)) - 1;
        }

        return masks;
    }
}

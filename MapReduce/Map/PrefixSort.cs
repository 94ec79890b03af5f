using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MapReduce.Map;

/// <summary>A record to sort: the first 8 bytes of its key as a number, and where it lies.</summary>
internal struct SortEntry
{
    public ulong Prefix;
    public uint Place, Partition;
}

/// <summary>Finds the key of an entry.</summary>
internal unsafe interface IKeySource
{
    /// <summary>At least 8 bytes past the key may be read.</summary>
    byte* Key(uint place, out int length);
}

/// <summary>
/// Sorts by key, stably: radix sort on 8 bytes of the key at a time, least significant byte first, then again within each run of equal
/// bytes on the next 8. Ten times as fast as a comparison sort, since keys are touched only where their first 8 bytes tie.
/// </summary>
internal static unsafe class PrefixSort
{
    private const int Small = 32;

    /// <summary>The 8 bytes of a key from <paramref name="depth"/> on, zero padded, so that numbers compare as the bytes do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Prefix(byte* key, int length, int depth = 0)
    {
        var rest = length - depth;
        if (rest <= 0) return 0;
        var word = BinaryPrimitives.ReverseEndianness(*(ulong*)(key + depth));
        return rest >= 8 ? word : word & ~(ulong.MaxValue >> (rest * 8));
    }

    /// <summary>Sorts entries whose prefixes are of this depth. The result is in <paramref name="entries"/>.</summary>
    public static void Sort<TKeys>(SortEntry* entries, SortEntry* scratch, int count, ref TKeys keys, int depth = 0)
        where TKeys : struct, IKeySource
    {
        while (count > Small)
        {
            Radix(entries, scratch, count);
            SortEntry* largest = null;
            var largestCount = 0;
            for (var start = 0; start < count;)
            {
                var end = start + 1;
                while (end < count && entries[end].Prefix == entries[start].Prefix) end++;
                if (end - start > Math.Max(count / 2, Small))
                {
                    largest = entries + start;
                    largestCount = end - start;
                }
                else if (end - start > 1)
                {
                    SortTies(entries + start, scratch, end - start, ref keys, depth);
                }

                start = end;
            }

            if (largestCount == 0) return;
            // The one group of more than half goes on in this loop, so that the calls nest no deeper than the logarithm of the count.
            depth = Peel(ref largest, scratch, ref largestCount, ref keys, depth);
            entries = largest;
            count = largestCount;
        }

        Insertion(entries, count, ref keys, depth);
    }

    private static void SortTies<TKeys>(SortEntry* entries, SortEntry* scratch, int count, ref TKeys keys, int depth)
        where TKeys : struct, IKeySource
    {
        if (count <= Small)
        {
            Insertion(entries, count, ref keys, depth);
            return;
        }

        depth = Peel(ref entries, scratch, ref count, ref keys, depth);
        Sort(entries, scratch, count, ref keys, depth);
    }

    // The keys are equal in 8 bytes (zero padded) from depth on. Those that end there come first, by length; the others, which are
    // what is left in entries and count, go deeper, to the depth that is returned.
    private static int Peel<TKeys>(ref SortEntry* entries, SortEntry* scratch, ref int count, ref TKeys keys, int depth)
        where TKeys : struct, IKeySource
    {
        var deeper = CommonDepth(entries, count, ref keys, depth + 8);
        int ended = 0, longer = 0;
        for (var i = 0; i < count; i++)
        {
            var key = keys.Key(entries[i].Place, out var length);
            // The length orders the keys that end here; it needs no more than the prefix has room for.
            if (length <= deeper) entries[ended++] = entries[i] with { Prefix = (ulong)length };
            else scratch[longer++] = entries[i] with { Prefix = Prefix(key, length, deeper) };
        }

        if (ended > 1 && !IsSorted(entries, ended))
        {
            // The scratch beyond the longer keys is free: it is as long as the entries.
            Radix(entries, scratch + longer, ended);
        }

        entries += ended;
        count = longer;
        Buffer.MemoryCopy(scratch, entries, (long)longer * sizeof(SortEntry), (long)longer * sizeof(SortEntry));
        return deeper;
    }

    /// <summary>
    /// How far all the keys agree, at least <paramref name="depth"/>: long common beginnings are stepped over once, not 8 bytes at a time.
    /// </summary>
    private static int CommonDepth<TKeys>(SortEntry* entries, int count, ref TKeys keys, int depth)
        where TKeys : struct, IKeySource
    {
        var first = keys.Key(entries[0].Place, out var common);
        for (var i = 1; i < count && common > depth; i++)
        {
            var key = keys.Key(entries[i].Place, out var length);
            // One that ends at the depth is told apart by its length; it must not hold back the others.
            if (length <= depth) return depth;
            var limit = Math.Min(common, length);
            common = depth + new ReadOnlySpan<byte>(first + depth, limit - depth).CommonPrefixLength(new ReadOnlySpan<byte>(key + depth, limit - depth));
        }

        return Math.Max(common, depth);
    }

    private static bool IsSorted(SortEntry* entries, int count)
    {
        for (var i = 1; i < count; i++)
        {
            if (entries[i].Prefix < entries[i - 1].Prefix) return false;
        }

        return true;
    }

    private static void Insertion<TKeys>(SortEntry* entries, int count, ref TKeys keys, int depth)
        where TKeys : struct, IKeySource
    {
        for (var i = 1; i < count; i++)
        {
            var entry = entries[i];
            var to = i - 1;
            for (; to >= 0 && IsGreater(entries[to], entry, ref keys, depth); to--) entries[to + 1] = entries[to];
            entries[to + 1] = entry;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsGreater<TKeys>(in SortEntry left, in SortEntry right, ref TKeys keys, int depth)
        where TKeys : struct, IKeySource
    {
        if (left.Prefix != right.Prefix) return left.Prefix > right.Prefix;
        var leftKey = keys.Key(left.Place, out var leftLength);
        var rightKey = keys.Key(right.Place, out var rightLength);
        if (leftLength - depth <= 0 || rightLength - depth <= 0) return leftLength > rightLength;
        return new ReadOnlySpan<byte>(leftKey + depth, leftLength - depth).SequenceCompareTo(new ReadOnlySpan<byte>(rightKey + depth, rightLength - depth)) > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix(SortEntry* entries, SortEntry* scratch, int count)
    {
        var histograms = (int*)NativeMemory.AllocZeroed(8 * 256 * sizeof(int));
        for (var i = 0; i < count; i++)
        {
            var prefix = entries[i].Prefix;
            for (var digit = 0; digit < 8; digit++) histograms[(digit * 256) + (int)(byte)(prefix >> (digit * 8))]++;
        }

        var from = entries;
        var to = scratch;
        for (var digit = 0; digit < 8; digit++)
        {
            var next = histograms + (digit * 256);
            var shift = digit * 8;
            // All alike in this byte: the pass would change nothing.
            if (next[(int)(byte)(from[0].Prefix >> shift)] == count) continue;
            for (int i = 0, at = 0; i < 256; i++)
            {
                var length = next[i];
                next[i] = at;
                at += length;
            }

            for (var i = 0; i < count; i++) to[next[(int)(byte)(from[i].Prefix >> shift)]++] = from[i];
            var swap = from;
            from = to;
            to = swap;
        }

        NativeMemory.Free(histograms);
        if (from != entries) Buffer.MemoryCopy(from, entries, (long)count * sizeof(SortEntry), (long)count * sizeof(SortEntry));
    }
}

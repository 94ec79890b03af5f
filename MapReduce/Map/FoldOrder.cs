using System.Runtime.CompilerServices;
using MapReduce.Memory;

namespace MapReduce.Map;

/// <summary>The slots of a fold table by partition, and by key within each when asked.</summary>
internal sealed unsafe class FoldOrder : IDisposable
{
    private readonly MemoryPool _pool;
    private readonly NativeBuffer _memory;

    private FoldOrder(MemoryPool pool, int count)
    {
        (_pool, Count) = (pool, count);
        // Rounded up to a power of two: the next order of about this size then finds this memory in the pool.
        _memory = pool.Rent((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Max(count, 64)) * 2 * sizeof(SortEntry));
    }

    public int Count { get; }

    public SortEntry* Entries => (SortEntry*)_memory.Start;

    /// <summary>Orders all slots. Bounds has, for each partition, its first entry, and at the end the count.</summary>
    public static FoldOrder Of(FoldTable table, Partitioner partitioner, bool isSorted, MemoryPool pool, out int[] bounds)
    {
        var order = new FoldOrder(pool, table.Count);
        bounds = order.Scatter(table, partitioner);
        if (!isSorted) return order;
        var keys = new Keys(table);
        for (var partition = 0; partition < partitioner.Count; partition++)
        {
            var count = bounds[partition + 1] - bounds[partition];
            PrefixSort.Sort(order.Entries + bounds[partition], order.Entries + order.Count, count, ref keys);
        }

        return order;
    }

    public void Dispose() => _pool.Return(_memory);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Scatter(FoldTable table, Partitioner partitioner)
    {
        var partitions = partitioner.Count;
        // With the hash the slot itself knows its partition; any other partitioner must see the key.
        var byHash = partitioner is HashPartitioner;
        var next = new int[partitions];
        KeySlot* first = table.Slots, end = first + table.Mask + 1;
        for (var slot = first; slot < end; slot++)
        {
            if (slot->Meta != 0) next[byHash ? KeyHash.Partition(slot->Meta, partitions) : PartitionOf(table, slot, partitioner)]++;
        }

        var bounds = new int[partitions + 1];
        for (var partition = 0; partition < partitions; partition++)
        {
            bounds[partition + 1] = bounds[partition] + next[partition];
            next[partition] = bounds[partition];
        }

        var entries = Entries;
        for (var slot = first; slot < end; slot++)
        {
            if (slot->Meta == 0) continue;
            var partition = byHash ? KeyHash.Partition(slot->Meta, partitions) : PartitionOf(table, slot, partitioner);
            var place = next[partition]++;
            // A job's own partitioner is asked twice, and one that changes its mind must not write past its part.
            if (place >= bounds[partition + 1]) throw new InvalidOperationException($"The partitioner gave {partition} for a key for which it gave another number before: it must depend on the key alone.");
            var entry = entries + place;
            entry->Place = (uint)(slot - first);
            var key = table.Key(slot, out var length);
            entry->Prefix = PrefixSort.Prefix(key, length);
        }

        return bounds;
    }

    private static int PartitionOf(FoldTable table, KeySlot* slot, Partitioner partitioner)
    {
        var key = table.Key(slot, out var length);
        return partitioner.Of(new ReadOnlySpan<byte>(key, length));
    }

    private readonly struct Keys(FoldTable table) : IKeySource
    {
        private readonly KeySlot* _slots = table.Slots;
        private readonly byte* _arena = table.Arena;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public byte* Key(uint place, out int length)
        {
            var slot = _slots + place;
            length = slot->KeyLength;
            return length <= KeyHash.InlineLength ? (byte*)slot : _arena + slot->B;
        }
    }
}

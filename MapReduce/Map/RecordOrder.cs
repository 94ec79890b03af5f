using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>The records of an arena by partition, then key, then position.</summary>
internal sealed unsafe class RecordOrder
{
    private const int Ahead = 16;
    private readonly byte* _arena;
    private readonly SortEntry* _entries;
    private readonly int[] _bounds;

    /// <summary>Sorts.</summary>
    /// <param name="arena">Where the records lie.</param>
    /// <param name="entries">Their entries, the last record's first.</param>
    /// <param name="count">How many.</param>
    /// <param name="partitions">Partitions.</param>
    /// <param name="scratch">Room for as many entries, before <paramref name="entries"/>.</param>
    public RecordOrder(byte* arena, SortEntry* entries, int count, int partitions, SortEntry* scratch)
    {
        _arena = arena;
        // By partition into the scratch, then each partition sorted there with the entries' own place as scratch.
        _bounds = Scatter(entries, count, partitions, scratch);
        _entries = scratch;
        var keys = new Keys(arena);
        for (var partition = 0; partition < partitions; partition++)
        {
            var start = _bounds[partition];
            PrefixSort.Sort(scratch + start, entries, _bounds[partition + 1] - start, ref keys);
        }
    }

    /// <summary>Copies a partition's records, as they lie, into a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(RunWriter run, int partition)
    {
        var end = _bounds[partition + 1];
        for (var i = _bounds[partition]; i < end; i++)
        {
            // The order of keys is no order of memory: both lines of a record are fetched well before they are copied.
            if (i + Ahead < end && Sse.IsSupported)
            {
                var ahead = _arena + _entries[i + Ahead].Place;
                Sse.Prefetch0(ahead);
                Sse.Prefetch0(ahead + 64);
            }

            var record = _arena + _entries[i].Place;
            var body = RecordFormat.ReadHeader(record, out var keyLength, out var valueLength);
            run.AppendEncoded(record, (int)(body - record) + keyLength + valueLength);
        }
    }

    /// <summary>A partition's records as a stream.</summary>
    public RecordStream Read(int partition) => new Stream(this, _bounds[partition], _bounds[partition + 1]);

    private static int[] Scatter(SortEntry* entries, int count, int partitions, SortEntry* to)
    {
        var next = new int[partitions];
        for (var i = 0; i < count; i++) next[entries[i].Partition]++;
        var bounds = new int[partitions + 1];
        for (var partition = 0; partition < partitions; partition++)
        {
            bounds[partition + 1] = bounds[partition] + next[partition];
            next[partition] = bounds[partition];
        }

        // From the back, since the first record's entry is the last: the order of positions is kept.
        for (var i = count - 1; i >= 0; i--) to[next[entries[i].Partition]++] = entries[i];
        return bounds;
    }

    private readonly struct Keys(byte* arena) : IKeySource
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public byte* Key(uint place, out int length) => RecordFormat.ReadHeader(arena + place, out length, out _);
    }

    private sealed class Stream(RecordOrder order, int start, int end) : RecordStream
    {
        private int _at = start;

        public override bool MoveNext()
        {
            if (_at == end) return false;
            Key = RecordFormat.ReadHeader(order._arena + order._entries[_at++].Place, out KeyLength, out ValueLength);
            Value = Key + KeyLength;
            return true;
        }

        public override void Dispose() { }
    }
}

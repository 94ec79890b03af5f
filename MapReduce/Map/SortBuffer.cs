using System.Runtime.CompilerServices;
using MapReduce.Memory;
using MapReduce.Merge;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>
/// Collects records in an arena, sorts an index of them, and writes them as a sorted run. Records grow from the front of
/// one region, index entries from its end, and what is between them is the sort's scratch: nothing else is allocated.
/// </summary>
internal sealed unsafe class SortBuffer<TKey, TKeyCodec, TValue, TValueCodec> : MapBuffer<TKey, TValue>
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : allows ref struct
    where TValueCodec : struct, ICodec<TValue>
{
    // The entry, as much again for the sort's scratch, and what aligning the scratch may lose.
    private const int IndexBytes = 48;
    private const long LargestRegion = uint.MaxValue;

    private readonly Partitioner _partitioner;
    private readonly RunCombiner? _combiner;
    private readonly ValueOrder<TValue>? _order;
    private readonly List<RunFile> _spills = [];
    private readonly long _regionLength;
    private NativeBuffer? _region;
    private byte* _start, _next;
    private SortEntry* _lastEntry;
    private int _count;
    private byte[] _scratch = new byte[256], _sortKey = [];

    public SortBuffer(Workspace workspace, Partitioner partitioner, RunCombiner? combiner, ValueOrder<TValue>? order)
        : base(workspace, batches: false)
    {
        (_partitioner, _combiner, _order) = (partitioner, combiner, order);
        // Two blocks and the reader's buffer come out of the same budget.
        _regionLength = Math.Min(workspace.Memory - (2L << 20), LargestRegion) & ~15L;
        TakeRegion(_regionLength);
    }

    public override RunFile Complete(string path)
    {
        ThrowIfTorn();
        if (_spills.Count == 0)
        {
            using var only = new RunWriter(Workspace, path);
            Write(only);
            return only.Complete();
        }

        if (_count > 0) Spill();
        using var output = new RunWriter(Workspace, path);
        new RunMerger(Workspace, _combiner).MergeAll(_spills, output);
        return output.Complete();
    }

    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value) => Append(key, ValueBits.Unpack<TValue>(value));

    private protected override void EmitCoded(TKey key, TValue value)
    {
        var length = TKeyCodec.MaxLength(key);
        if (_scratch.Length < length) _scratch = new byte[Math.Max(length, _scratch.Length * 2)];
        Append(_scratch.AsSpan(0, TKeyCodec.Encode(key, _scratch)), value);
    }

    private protected override void Flush() { }

    private protected override void Release()
    {
        ReturnRegion();
        base.Release();
    }

    private void Append(ReadOnlySpan<byte> key, TValue value)
    {
        var partition = (uint)_partitioner.Of(key);
        if (_order is not null) key = SortKey(key, value);
        // The value is encoded in place, where the key's length has left room for the largest header: the two are moved
        // together only when the value turns out shorter than its codec promised.
        var most = _order is { HoldsValue: true } ? 0 : TValueCodec.MaxLength(value);
        if ((long)key.Length + most > RecordFormat.MaxRecord) throw TooLarge((long)key.Length + most);
        if ((byte*)_lastEntry - _next - ((long)_count * 16) < RecordFormat.MaxHeader + key.Length + most + IndexBytes) MakeRoom(key.Length + (long)most);
        var record = _next;
        var body = record + RecordFormat.HeaderLength(key.Length, most);
        var valueLength = most == 0 ? 0 : TValueCodec.Encode(value, new Span<byte>(body + key.Length, most));
        var start = RecordFormat.WriteHeader(record, key.Length, valueLength);
        if (start != body) Buffer.MemoryCopy(body + key.Length, start + key.Length, valueLength, valueLength);
        key.CopyTo(new Span<byte>(start, key.Length));
        _next = start + key.Length + valueLength;

        var entry = --_lastEntry;
        entry->Prefix = PrefixSort.Prefix(start, key.Length);
        entry->Place = (uint)(record - _start);
        entry->Partition = partition;
        _count++;
        Workspace.Counters.MapOutputRecords++;
    }

    // The key in a form that shows its end, then what its values are sorted by.
    private ReadOnlySpan<byte> SortKey(ReadOnlySpan<byte> key, TValue value)
    {
        var most = checked(SelfDelimited.MaxLength(key.Length) + _order!.MaxLength(value));
        if (_sortKey.Length < most) _sortKey = new byte[(int)Math.Min(most * 2L, Array.MaxLength)];
        key.CopyTo(_sortKey);
        var length = TKeyCodec.FixedLength >= 0 ? key.Length : SelfDelimited.Encode(_sortKey, key.Length);
        return _sortKey.AsSpan(0, length + _order.Encode(value, _sortKey.AsSpan(length)));
    }

    private static InvalidDataException TooLarge(long length) => new(
        $"A record of {length} bytes is larger than the {RecordFormat.MaxRecord} bytes that a key and its value may have together: emit it in pieces.");

    private void MakeRoom(long body)
    {
        ThrowIfTorn();
        if (_count > 0) Spill();
        var needed = RecordFormat.MaxHeader + body + (2 * IndexBytes);
        // One record larger than the whole budget gets a region of its size, and is spilled before the next.
        if (needed > _region!.Length) TakeRegion((needed + 15) & ~15L);
    }

    private void Spill()
    {
        try
        {
            Workspace.Cancellation.ThrowIfCancellationRequested();
            using var run = Workspace.NewRun();
            Write(run);
            _spills.Add(run.Complete());
            Workspace.Progress.Enter("map");
        }
        catch (Exception error) when (Tear(error))
        {
            // The sort has used the index as its scratch: what is left in the region cannot be written again.
            throw;
        }

        if (_region!.Length > _regionLength) TakeRegion(_regionLength);
        else Rewind();
    }

    private void Write(RunWriter run)
    {
        Workspace.Progress.Enter("sort");
        var order = new RecordOrder(_start, _lastEntry, _count, _partitioner.Count, (SortEntry*)(((nint)_next + 15) & ~15));
        Workspace.Progress.Enter("spill");
        for (var partition = 0; partition < _partitioner.Count; partition++)
        {
            run.BeginPartition(partition, isSorted: true);
            if (_combiner is null)
            {
                order.CopyTo(run, partition);
            }
            else
            {
                using var sorted = order.Read(partition);
                _combiner.Combine(sorted, run);
            }

            run.EndPartition();
        }

        Workspace.Counters.SpilledRecords += run.Records;
    }

    private void TakeRegion(long length)
    {
        ReturnRegion();
        try
        {
            _region = Workspace.Pool.Rent(length);
        }
        catch (OutOfMemoryException error) when (Tear(error))
        {
            throw;
        }

        Rewind();
    }

    private void ReturnRegion()
    {
        var region = _region;
        // Forgotten first: a region that was returned twice would be lent to two attempts at once.
        _region = null;
        _start = _next = null;
        _lastEntry = null;
        if (region is not null) Workspace.Pool.Return(region);
    }

    private void Rewind()
    {
        _start = _next = _region!.Start;
        _lastEntry = (SortEntry*)(_start + _region.Length);
        _count = 0;
    }
}

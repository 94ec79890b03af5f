using System.Runtime.CompilerServices;
using MapReduce.Merge;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>
/// Folds the values of each key in place as they come: the combiner of a job whose values are small and fixed, without a record
/// ever being built. Serves map tasks, and reduce tasks that fold again what the maps left.
/// </summary>
internal sealed unsafe class FoldBuffer<TKey, TKeyCodec, TValue, TValueCodec, TFold> : MapBuffer<TKey, TValue>
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : unmanaged
    where TValueCodec : struct, ICodec<TValue>
    where TFold : struct, IFold<TValue>
{
    private readonly TFold _fold;
    private readonly Partitioner _partitioner;
    private readonly RunMerger _merger;
    private readonly FoldTable _table;
    private readonly List<RunFile> _spills = [];
    private byte[] _scratch = new byte[256];

    public FoldBuffer(TFold fold, Workspace workspace, Partitioner partitioner, RunCombiner combiner)
        : base(workspace, batches: true)
    {
        (_fold, _partitioner) = (fold, partitioner);
        _merger = new RunMerger(workspace, combiner);
        _table = new FoldTable(workspace.Pool, workspace.Memory);
        ShowTable();
    }

    public override RunFile Complete(string path)
    {
        Flush();
        Workspace.Counters.CombineInputRecords += Workspace.Counters.MapOutputRecords;
        if (_spills.Count > 0 && _table.Count > 0) Spill();
        using var output = new RunWriter(Workspace, path);
        if (_spills.Count > 0)
        {
            _merger.MergeAll(_spills, output);
        }
        else
        {
            // Reduce tasks fold again by hash: to sort here would be work for nothing.
            Write(output, isSorted: false);
        }

        return output.Complete();
    }

    /// <summary>Folds in records that were emitted and encoded before.</summary>
    public void Absorb(RecordStream records)
    {
        while (records.MoveNext()) EmitBytes(records.KeySpan, ValueBits.Pack(TValueCodec.Decode(records.ValueSpan)));
        Flush();
    }

    /// <summary>All keys in order. After an overflow a key may come several times, once for each time that the memory was full.</summary>
    public RecordStream Ordered()
    {
        Flush();
        if (_spills.Count == 0) return new FoldedStream<TValue, TValueCodec>(_table, Order(isSorted: true, out _), Workspace.Pool);
        if (_table.Count > 0) Spill();
        return _merger.Open(_merger.Narrow(_spills), partition: 0);
    }

    private protected override void EmitCoded(TKey key, TValue value)
    {
        var length = TKeyCodec.MaxLength(key);
        if (_scratch.Length < length) _scratch = new byte[Math.Max(length, _scratch.Length * 2)];
        EmitBytes(_scratch.AsSpan(0, TKeyCodec.Encode(key, _scratch)), ValueBits.Pack(value));
    }

    private protected override void EmitLong(ReadOnlySpan<byte> key, ulong value)
    {
        // Values of a key fold in the order of the input only if the batch before this record is folded first; but its keys are
        // all short, so none of them can be this one.
        Workspace.Counters.MapOutputRecords++;
        var hash = KeyHash.Long(key);
        var meta = KeyHash.Meta(hash, (nuint)key.Length);
        for (var at = (nuint)(meta >> 32) & TableMask; ; at = (at + 1) & TableMask)
        {
            var slot = Table + at;
            if (slot->Meta == meta && slot->A == hash && key.SequenceEqual(new ReadOnlySpan<byte>(_table.Arena + slot->B, key.Length)))
            {
                slot->Value = Fold(slot->Value, value);
                return;
            }

            if (slot->Meta != 0) continue;
            AddLong(slot, key, hash, meta, value);
            return;
        }
    }

    private protected override void Flush()
    {
        var end = BatchNext;
        // Before anything throws: the next record must find room, whoever catches it.
        BatchNext = Batch;
        ThrowIfTorn();
        try
        {
            FoldBatch(end);
        }
        catch (Exception error) when (Tear(error))
        {
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FoldBatch(KeySlot* end)
    {
        Workspace.Counters.MapOutputRecords += end - Batch;
        var table = Table;
        var mask = TableMask;
        for (var entry = Batch; entry < end; entry++)
        {
            ulong a = entry->A, b = entry->B, meta = entry->Meta;
            for (var at = (nuint)(meta >> 32) & mask; ; at = (at + 1) & mask)
            {
                var slot = table + at;
                if (slot->A == a && slot->B == b && slot->Meta == meta)
                {
                    slot->Value = Fold(slot->Value, entry->Value);
                    break;
                }

                if (slot->Meta != 0) continue;
                *slot = *entry;
                if (!_table.Added())
                {
                    MakeRoom();
                    table = Table;
                    mask = TableMask;
                }

                break;
            }
        }
    }

    private protected override void Release()
    {
        _table.Dispose();
        base.Release();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Fold(ulong left, ulong right) => ValueBits.Pack(_fold.Fold(ValueBits.Unpack<TValue>(left), ValueBits.Unpack<TValue>(right)));

    private void AddLong(KeySlot* slot, ReadOnlySpan<byte> key, ulong hash, ulong meta, ulong value)
    {
        ThrowIfTorn();
        if (key.Length > RecordFormat.MaxRecord - sizeof(ulong))
            throw new InvalidDataException($"A key of {key.Length} bytes is larger than the {RecordFormat.MaxRecord} bytes that a record may have: emit it in pieces.");
        var place = _table.Store(key);
        if (place < 0)
        {
            Spill();
            place = _table.Store(key);
            slot = Table + ((nuint)(meta >> 32) & TableMask);
        }

        *slot = new KeySlot { A = hash, B = (ulong)place, Meta = meta, Value = value };
        if (!_table.Added()) MakeRoom();
    }

    private void MakeRoom()
    {
        if (!_table.TryGrow()) Spill();
        ShowTable();
    }

    private void ShowTable()
    {
        Table = _table.Slots;
        TableMask = _table.Mask;
    }

    private void Spill()
    {
        try
        {
            Workspace.Cancellation.ThrowIfCancellationRequested();
            using var run = Workspace.NewRun();
            Write(run, isSorted: true);
            _spills.Add(run.Complete());
        }
        catch (Exception error) when (Tear(error))
        {
            throw;
        }

        _table.Clear();
        Workspace.Progress.Enter("map");
    }

    private void Write(RunWriter run, bool isSorted)
    {
        Workspace.Progress.Enter("sort");
        Workspace.Counters.CombineOutputRecords += _table.Count;
        using var order = Order(isSorted, out var bounds);
        using var stream = new FoldedStream<TValue, TValueCodec>(_table, order, pool: null);
        Workspace.Progress.Enter("spill");
        for (var partition = 0; partition < _partitioner.Count; partition++)
        {
            run.BeginPartition(partition, isSorted);
            stream.Seek(bounds[partition], bounds[partition + 1]);
            while (stream.MoveNext()) run.Append(stream.Key, stream.KeyLength, stream.Value, stream.ValueLength);
            run.EndPartition();
        }

        Workspace.Counters.SpilledRecords += run.Records;
    }

    private FoldOrder Order(bool isSorted, out int[] bounds) => FoldOrder.Of(_table, _partitioner, isSorted, Workspace.Pool, out bounds);
}

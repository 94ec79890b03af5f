using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Merge;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce;

/// <summary>The map side of a step: the inputs with their mappers, the combiner, and the types between them. Immutable.</summary>
/// <param name="Before">The steps that make what the first source reads; none where all are inputs of the job.</param>
/// <param name="Sources">What the step reads, and how each is mapped: the step before, if there is one, then inputs of the job.</param>
internal sealed record MapSide<TKey, TValue>(IReadOnlyList<StepPlan> Before, IReadOnlyList<MapSource<TKey, TValue>> Sources)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public IReadOnlyList<InputShape> Inputs => [.. Sources.Skip(Before.Count > 0 ? 1 : 0).Select(source => source.Shape)];

    public FoldBinding<TKey, TValue>? Fold { get; init; }

    public CombinerBinding<TKey, TValue>? Group { get; init; }

    /// <summary>Ranges of keys instead of hashes, so that the parts in order are in order.</summary>
    public bool IsTotalOrder { get; init; }

    /// <summary>What the values of a key are sorted by; null for the order in which they were emitted.</summary>
    public ValueOrder<TValue>? Order { get; init; }

    /// <summary>How many values of each key are wanted, in their order; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>The job's own way to partition, or null.</summary>
    public PartitionRule<TKey>? Partition { get; init; }

    public bool UsesTable => Fold is { FitsTable: true };

    /// <summary>The same inputs with other records: each that a mapper emits is turned into others.</summary>
    /// <exception cref="NotSupportedException">A combiner, an order or a partitioner of the records is set, which would be of no use.</exception>
    public MapSide<TNewKey, TNewValue> Relay<TNewKey, TNewValue>(string what, RelayRecord<TKey, TValue, TNewKey, TNewValue> relay)
        where TNewKey : allows ref struct
        where TNewValue : allows ref struct
    {
        if (this != new MapSide<TKey, TValue>(Before, Sources))
            throw new NotSupportedException($"{what} makes other records of these, to which a combiner, an order or a partitioner set before does not apply: set it after {what}, or leave it out.");
        return new(Before, [.. Sources.Select(source => new MapSource<TNewKey, TNewValue>(source.Shape, new RelayForm<TKey, TValue, TNewKey, TNewValue>(source.Form, relay)))]);
    }

    /// <exception cref="NotSupportedException">Two of its settings exclude each other.</exception>
    public void Check(bool hasReduce)
    {
        if (!hasReduce && (Fold is not null || Group is not null || Order is not null || Partition is not null || IsTotalOrder))
            throw new NotSupportedException("Without a reduce, records are neither combined nor sorted nor partitioned: leave Combine, TotalOrder, SortValues and PartitionBy out, or reduce.");
        if (Order is not null && (Fold is not null || Group is not null))
            throw new NotSupportedException("SortValues and a combiner exclude each other, since what is combined has no place in the order of the values: leave the combiner out, or sort in the reducer.");
        if (Partition is not null && IsTotalOrder)
            throw new NotSupportedException("PartitionBy and a total order (TotalOrder or Sort) exclude each other, since each says in which part a key is: leave one out.");
    }

    /// <summary>All steps up to this one.</summary>
    public IReadOnlyList<StepPlan> End(StepPlan step) => [.. Before, step];

    /// <exception cref="NotSupportedException">The records are to be combined, sorted or partitioned, for which there must be a reduce.</exception>
    public StepPlan WithoutReduce(OutputFormat<TKey, TValue> format)
    {
        Check(hasReduce: false);
        return new MapOnlyStep<TKey, TValue>(this, format);
    }

    public MapBuffer<TKey, TValue> CreateBuffer<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace, Partitioner partitioner)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue> =>
        UsesTable
            ? Fold!.CreateBuffer<TKeyCodec, TValueCodec>(workspace, partitioner)
            : new SortBuffer<TKey, TKeyCodec, TValue, TValueCodec>(workspace, partitioner, CreateCombiner<TKeyCodec, TValueCodec>(task, workspace), Order);

    /// <summary>The combiner for sorted records, or null.</summary>
    public RunCombiner? CreateCombiner<TKeyCodec, TValueCodec>(TaskContext task, Workspace workspace)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue> =>
        Limit > 0 ? new LimitCombiner(Limit, TKeyCodec.FixedLength, workspace)
            : Fold is not null ? Fold.CreateCombiner<TValueCodec>(workspace.Counters) : Group?.Create<TKeyCodec, TValueCodec>(task, workspace);

    public RunFile Map<TKeyCodec, TValueCodec>(InputSplit split, Partitioner partitioner, string path, TaskContext task, Workspace workspace)
        where TKeyCodec : struct, ICodec<TKey>
        where TValueCodec : struct, ICodec<TValue>
    {
        var own = Partition?.Create<TKeyCodec>(partitioner.Count);
        using IDisposable release = CreateBuffer<TKeyCodec, TValueCodec>(task, workspace, own ?? partitioner);
        var buffer = (MapBuffer<TKey, TValue>)release;
        Emitter<TKey, TValue> output = task.SkipsBadRecords ? new StagedEmitter<TKey, TKeyCodec, TValue, TValueCodec>(buffer, own, Order) : buffer;
        MapTask.Run(Sources, split, output, task, workspace);
        return Combining(() => buffer.Complete(path), workspace);
    }

    public void MapToOutput(InputSplit split, OutputFormat<TKey, TValue> format, TaskContext task, Workspace workspace)
    {
        using IDisposable release = new PartEmitter<TKey, TValue>(task.Files.Part(format), workspace.Counters);
        MapTask.Run(Sources, split, (Emitter<TKey, TValue>)release, task, workspace);
    }

    /// <summary>Runs what combines outside of the mapper's own calls, so that a combiner that fails is named.</summary>
    public T Combining<T>(Func<T> work, Workspace workspace) =>
        Fold is null && Group is null ? work() : UserCode.Call(work, "The combiner", workspace);

    public byte[] Sample<TKeyCodec>(InputSplit probes, int partitions, TaskContext task, Workspace workspace)
        where TKeyCodec : struct, ICodec<TKey>
    {
        using IDisposable release = new SampleEmitter<TKey, TKeyCodec, TValue>();
        var sample = (SampleEmitter<TKey, TKeyCodec, TValue>)release;
        MapTask.Run(Sources, probes, sample, task, workspace);
        return RangePartitioner.Choose(sample.Sorted(), partitions);
    }
}

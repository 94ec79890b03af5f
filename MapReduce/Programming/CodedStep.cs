using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Merge;
using MapReduce.Protocol;
using MapReduce.Reduce;
using MapReduce.Serialization;
using MapReduce.Shuffle;
using MapReduce.Spill;

namespace MapReduce;

/// <summary>A step compiled for its keys, values and their codecs.</summary>
internal sealed class CodedStep<TKey, TKeyCodec, TValue, TValueCodec, TOutKey, TOut>(
    MapSide<TKey, TValue> map, ReduceStage<TKey, TValue, TOutKey, TOut> reduce, OutputFormat<TOutKey, TOut> format) : StepPlan
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValue : allows ref struct
    where TValueCodec : struct, ICodec<TValue>
    where TOutKey : allows ref struct
    where TOut : allows ref struct
{
    public override IReadOnlyList<InputShape> Inputs => map.Inputs;

    public override StepShape Shape => new(HasReduce: true, map.IsTotalOrder, map.UsesTable);

    public override bool PartitionsItsOwnWay => map.Order is not null || map.Partition is not null;

    public override StepPlan WithoutCombiner(Action<string> found) => new CodedStep<TKey, TKeyCodec, TValue, TValueCodec, TOutKey, TOut>(
        map with { Fold = null, Group = null, Limit = 0 },
        map.Fold is { } fold ? new CheckedStage<TKey, TValue, TOutKey, TOut>(fold, reduce, found) : reduce,
        format);

    public override StepPlan WithCombinerTwice() => new CodedStep<TKey, TKeyCodec, TValue, TValueCodec, TOutKey, TOut>(map with { Group = map.Group?.Twice() }, reduce, format);

    public override byte[] Sample(InputSplit probes, int partitions, TaskContext task, Workspace workspace) =>
        map.Sample<TKeyCodec>(probes, partitions, task, workspace);

    public override RunFile Map(InputSplit split, Partitioner partitioner, string path, TaskContext task, Workspace workspace) =>
        map.Map<TKeyCodec, TValueCodec>(split, partitioner, path, task, workspace);

    public override void MapToOutput(InputSplit split, TaskContext task, Workspace workspace) =>
        throw new InvalidOperationException("A step that reduces has no map-only output.");

    public override void Reduce(IReadOnlyList<Segment> segments, TaskContext task, Workspace workspace)
    {
        workspace.Progress.Begin("merge", segments.Sum(segment => segment.Length));
        var part = task.Files.Part(format);
        using var sorted = map.Combining(() => Merge(segments, task, workspace), workspace);
        workspace.Progress.Enter("reduce");
        reduce.Run<TKeyCodec, TValueCodec>(sorted, part, task, workspace);
        // All that the maps gave, whether or not it was combined again on the way.
        workspace.Counters.ReduceInputRecords += segments.Sum(segment => segment.Records);
        workspace.Counters.ReduceOutputRecords = part.Records;
    }

    private RecordStream Merge(IReadOnlyList<Segment> segments, TaskContext task, Workspace workspace)
    {
        // Folded map outputs are folded again by hash, in the order of the maps, and put in order once.
        if (map.UsesTable)
            return map.Fold!.Refold<TKeyCodec, TValueCodec>(workspace, segments.Select(segment => workspace.Read(segment.Path, segment.Offset, segment.Length, segment.Records)));

        var runs = segments.Select(segment => new RunFile(segment.Path, segment.Length, [new RunSegment(0, segment.Offset, segment.Length, segment.Records, segment.IsSorted)]));
        var merger = new RunMerger(workspace, map.CreateCombiner<TKeyCodec, TValueCodec>(task, workspace));
        var sorted = merger.Open(merger.Narrow(runs), partition: 0);
        return map.Order is { } order ? new KeyStream(sorted, TKeyCodec.FixedLength, order.HoldsValue) : sorted;
    }
}

/// <summary>A step without a reduce: its map tasks write the output.</summary>
internal sealed class MapOnlyStep<TKey, TValue>(MapSide<TKey, TValue> map, OutputFormat<TKey, TValue> format) : StepPlan
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public override IReadOnlyList<InputShape> Inputs => map.Inputs;

    public override StepShape Shape => new(HasReduce: false, IsSampled: false, Folds: false);

    public override bool PartitionsItsOwnWay => false;

    public override StepPlan WithoutCombiner(Action<string> found) => this;

    public override StepPlan WithCombinerTwice() => this;

    public override byte[] Sample(InputSplit probes, int partitions, TaskContext task, Workspace workspace) => throw NoReduce();

    public override RunFile Map(InputSplit split, Partitioner partitioner, string path, TaskContext task, Workspace workspace) => throw NoReduce();

    public override void MapToOutput(InputSplit split, TaskContext task, Workspace workspace) => map.MapToOutput(split, format, task, workspace);

    public override void Reduce(IReadOnlyList<Segment> segments, TaskContext task, Workspace workspace) => throw NoReduce();

    private static InvalidOperationException NoReduce() => new("A map-only step has neither partitions nor reduce tasks.");
}

/// <summary>Finds the codecs of a step's keys and values. In what format it writes is said last.</summary>
internal static class CodedStep
{
    /// <exception cref="NotSupportedException">There is no codec for the key's or the value's type, or settings exclude each other.</exception>
    public static Func<OutputFormat<TOutKey, TOut>, StepPlan> Create<TKey, TValue, TOutKey, TOut>(MapSide<TKey, TValue> map, ReduceStage<TKey, TValue, TOutKey, TOut> reduce)
        where TKey : allows ref struct
        where TValue : allows ref struct
        where TOutKey : allows ref struct
        where TOut : allows ref struct
    {
        map.Check(hasReduce: true);
        return Codec.For<TKey>().Accept(new KeyVisitor<TKey, TValue, TOutKey, TOut>(map, reduce));
    }

    private sealed class KeyVisitor<TKey, TValue, TOutKey, TOut>(MapSide<TKey, TValue> map, ReduceStage<TKey, TValue, TOutKey, TOut> reduce) : ICodecVisitor<TKey, Func<OutputFormat<TOutKey, TOut>, StepPlan>>
        where TKey : allows ref struct
        where TValue : allows ref struct
        where TOutKey : allows ref struct
        where TOut : allows ref struct
    {
        public Func<OutputFormat<TOutKey, TOut>, StepPlan> Visit<TKeyCodec>()
            where TKeyCodec : struct, ICodec<TKey> =>
            Codec.For<TValue>().Accept(new ValueVisitor<TKey, TKeyCodec, TValue, TOutKey, TOut>(map, reduce));
    }

    private sealed class ValueVisitor<TKey, TKeyCodec, TValue, TOutKey, TOut>(MapSide<TKey, TValue> map, ReduceStage<TKey, TValue, TOutKey, TOut> reduce) : ICodecVisitor<TValue, Func<OutputFormat<TOutKey, TOut>, StepPlan>>
        where TKey : allows ref struct
        where TKeyCodec : struct, ICodec<TKey>
        where TValue : allows ref struct
        where TOutKey : allows ref struct
        where TOut : allows ref struct
    {
        public Func<OutputFormat<TOutKey, TOut>, StepPlan> Visit<TValueCodec>()
            where TValueCodec : struct, ICodec<TValue> =>
            format => new CodedStep<TKey, TKeyCodec, TValue, TValueCodec, TOutKey, TOut>(map, reduce, format);
    }
}

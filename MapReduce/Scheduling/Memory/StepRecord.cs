using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

/// <summary>One step: a sample, then maps, then reduces; each stage waits for all of the one before.</summary>
internal sealed class StepRecord(StageRecord sample, StageRecord map, StageRecord reduce)
{
    public StepRecord(StepSize size)
        : this(new(TaskKind.Sample, size.IsSampled ? 1 : 0), new(TaskKind.Map, size.Maps), new(TaskKind.Reduce, size.Reduces)) { }

    public StageRecord Sample => sample;
    public StageRecord Map => map;
    public StageRecord Reduce => reduce;
    public bool IsDone => sample.IsDone && map.IsDone && reduce.IsDone;

    /// <summary>The stage whose tasks write output files.</summary>
    public StageRecord Output => reduce.Total > 0 ? reduce : map;

    /// <summary>The stage whose tasks may be claimed: never a reduce before the last map is done.</summary>
    public StageRecord? Claimable => !sample.IsDone ? sample : !map.IsDone ? map : !reduce.IsDone ? reduce : null;

    public StageRecord this[TaskKind kind] => kind switch { TaskKind.Sample => sample, TaskKind.Map => map, _ => reduce };

    /// <summary>The winners that left files.</summary>
    public IEnumerable<Winner> Winners(int step) =>
        from stage in (StageRecord[])[sample, map, reduce]
        from win in stage.Wins()
        where win.Result.Files.Count > 0
        select new Winner(new TaskId(step, stage.Kind, win.Index), win.Token, win.Result.Files);

    public StepRecord Clone(Func<RunRecord, RunRecord> runs) => new(sample.Clone(runs), map.Clone(runs), reduce.Clone(runs));

    /// <summary>What is left to show of the step when its job has ended.</summary>
    public StepRecord Summary() => new(sample.Summary(), map.Summary(), reduce.Summary());
}

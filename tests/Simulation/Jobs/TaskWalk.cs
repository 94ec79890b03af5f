using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace Simulation.Jobs;

/// <summary>All tasks of a job, step by step, each once and one after the other.</summary>
/// <param name="job">The job.</param>
/// <param name="files">All files.</param>
/// <param name="worker">Who runs them.</param>
/// <param name="output">The output directory.</param>
/// <param name="lease">A lease of a task without what it reads.</param>
/// <param name="run">Runs it.</param>
internal sealed class TaskWalk(TinyJob job, IFileSystem files, string worker, string output, Func<TaskId, TaskLease> lease, Func<TaskLease, AttemptResult> run)
{
    public void RunAll(InputPlan plan)
    {
        var (left, read) = (new List<InputSplit>(), 0);
        for (var step = 0; step < plan.SplitsOfSteps.Count; step++)
        {
            var count = plan.SplitsOfSteps[step];
            left = RunStep(step, [.. left, .. plan.Splits.Skip(read).Take(count)]);
            read += count;
        }
    }

    /// <returns>What the next step reads.</returns>
    private List<InputSplit> RunStep(int step, IReadOnlyList<InputSplit> splits)
    {
        var (shape, left) = (job.Plan.Shapes[step], new List<InputSplit>());
        var boundaries = shape.IsSampled ? run(Lease(TaskKind.Sample, 0) with { SampledSplits = splits }).Boundaries : null;
        var outputs = new List<MapOutputLocation>();
        foreach (var split in splits)
        {
            var map = Lease(TaskKind.Map, outputs.Count) with { Split = split, Boundaries = boundaries };
            Run(map, left);
            outputs.Add(new MapOutputLocation(map.Task.Index, map.Token, worker));
        }

        for (var reduce = 0; shape.HasReduce && reduce < job.Reducers; reduce++) Run(Lease(TaskKind.Reduce, reduce) with { MapOutputs = outputs }, left);
        return left;

        TaskLease Lease(TaskKind kind, int index) => lease(new TaskId(step, kind, index)) with { Reducers = shape.HasReduce ? job.Reducers : 0 };
    }

    private void Run(TaskLease task, List<InputSplit> left)
    {
        foreach (var file in run(task).Files.Where(file => file.Name == OutputNames.Records))
        {
            var path = Path.Combine(OutputPaths.Attempt(output, task.JobId, task.Task, task.Token), file.Name);
            left.Add(new InputSplit([new FileRange(path, 0, file.Length, file.Length, files.Find(path)!.ModifiedTicks, IsWhole: true)]));
        }
    }
}

using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Turns a granted task into the lease that a worker needs to run it.</summary>
internal sealed class LeaseBuilder(ITaskLeaseStore store, IFileSystem files, bool fillsMapOutputs)
{
    /// <summary>The lease, or null when what the task needs has gone meanwhile (a map output, the job).</summary>
    /// <exception cref="IOException">The plan cannot be read.</exception>
    public async ValueTask<TaskLease?> BuildAsync(JobFile job, JobView view, GrantedTask grant, CancellationToken cancellationToken)
    {
        var task = grant.Task;
        var lease = new TaskLease
        {
            JobId = job.Entry.JobId,
            Task = task,
            Token = grant.Token,
            Attempt = grant.Attempt,
            Duration = view.Shape.Lease,
            Spec = job.Entry.Spec,
            Reducers = view.Shape.Steps[task.Step].Reduces,
            IsBackup = grant.IsBackup,
            Fingerprint = job.Entry.Fingerprint,
            ShuffleSecret = job.Entry.Origin.ShuffleSecret,
            TraceParent = job.Entry.Origin.TraceParent,
        };
        if (task.Kind == TaskKind.Sample)
        {
            var chained = task.Step == 0 ? [] : await ChainedAsync(job, view, grant, cancellationToken);
            return chained is null ? null : lease with { SampledSplits = [.. chained, .. job.Splits(task.Step)] };
        }
        if (view.Shape.Steps[task.Step].IsSampled)
        {
            if (await BoundariesAsync(view, task.Step, cancellationToken) is not { } boundaries) return null;
            lease = lease with { Boundaries = boundaries };
        }
        return task.Kind == TaskKind.Map
            ? await WithSplitAsync(lease, job, view, grant, cancellationToken)
            : await WithMapOutputsAsync(lease, job, grant.Version, cancellationToken);
    }

    private async ValueTask<TaskLease?> WithSplitAsync(TaskLease lease, JobFile job, JobView view, GrantedTask grant, CancellationToken cancellationToken)
    {
        var step = lease.Task.Step;
        // What the step before left comes first.
        var parts = step == 0 ? 0 : StepSizes.OutputTasks(view.Shape.Steps[step - 1]);
        if (lease.Task.Index >= parts) return lease with { Split = job.Split(step, lease.Task.Index - parts) };
        return await OutputsBeforeAsync(job, view, grant, cancellationToken) is { } wins
            ? lease with { Split = Chain(job, view, step, wins[lease.Task.Index]) }
            : null;
    }

    private async ValueTask<TaskLease?> WithMapOutputsAsync(TaskLease lease, JobFile job, long version, CancellationToken cancellationToken)
    {
        if (!fillsMapOutputs) return lease with { MapOutputsVersion = version };
        return await job.MapOutputsAsync(store, lease.Task.Step, version, cancellationToken) is { } outputs
            ? lease with { MapOutputsVersion = outputs.Winners.Version, MapOutputs = outputs.Locations }
            : null;
    }

    // The view may have been taken while the sampling task still ran.
    private async ValueTask<byte[]?> BoundariesAsync(JobView view, int step, CancellationToken cancellationToken)
    {
        if (view.Step == step && view.Boundaries is { } boundaries) return boundaries;
        var now = await store.JobAsync(view.Shape.JobId, cancellationToken);
        return now?.Step == step ? now.Boundaries : null;
    }

    private async ValueTask<IReadOnlyList<InputSplit>?> ChainedAsync(JobFile job, JobView view, GrantedTask grant, CancellationToken cancellationToken) =>
        await OutputsBeforeAsync(job, view, grant, cancellationToken) is { } wins ? [.. wins.Select(win => Chain(job, view, grant.Task.Step, win))] : null;

    private async ValueTask<IReadOnlyList<TaskWin>?> OutputsBeforeAsync(JobFile job, JobView view, GrantedTask grant, CancellationToken cancellationToken)
    {
        var before = grant.Task.Step - 1;
        var winners = await job.WinnersAsync(store, before, OutputKind(view, before), grant.Version, cancellationToken);
        return winners.IsComplete ? winners.Wins : null;
    }

    /// <summary>A step's output task as the next step's split: the records that it left, whole.</summary>
    private InputSplit Chain(JobFile job, JobView view, int step, TaskWin win)
    {
        var task = new TaskId(step - 1, OutputKind(view, step - 1), win.Index);
        var folder = OutputPaths.Attempt(job.Entry.Spec.Output, job.Entry.JobId, task, win.Token);
        var records = win.Result.Files.Single(file => file.Name == OutputNames.Records);
        return new InputSplit([Whole(Path.Combine(folder, records.Name), records.Length)]);
    }

    // A file that is gone is left for the attempt to find, which can say so to the user.
    private FileRange Whole(string path, long length) => new(path, 0, length, length, files.Find(path)?.ModifiedTicks ?? 0, IsWhole: true);

    private static TaskKind OutputKind(JobView view, int step) => view.Shape.Steps[step].Reduces > 0 ? TaskKind.Reduce : TaskKind.Map;
}

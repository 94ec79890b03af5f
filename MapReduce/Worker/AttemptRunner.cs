using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Worker;

/// <summary>Runs attempts of a job's plan with the engine. Safe for concurrent use.</summary>
public sealed class AttemptRunner : IAttemptRunner, IDisposable
{
    // The least budget of a task.
    private const int LeastRoom = (int)SpecProblems.LeastMemory;

    private readonly IFileSystem _files;
    private readonly IOutputStore _output;
    private readonly IMapOutputSource _source;
    private readonly string _workDirectory;
    private readonly Func<TaskLease, JobPlan> _plans;
    private readonly bool _isOnlyHost, _runsInline;
    private readonly MemoryPool _memory;
    private readonly Func<TaskLease, IRecordWatch>? _watches;
    private readonly FullDisk _fullDisk;

    /// <summary>A runner with a folder of its own.</summary>
    /// <param name="files">The disk, for input, runs and map outputs.</param>
    /// <param name="output">Takes the output of reduce and map-only attempts.</param>
    /// <param name="source">Brings map outputs to reduce attempts.</param>
    /// <param name="workDirectory">Where map outputs and runs lie.</param>
    /// <param name="plans">The plan of a lease's job.</param>
    /// <param name="isOnlyHost">True when no other host could do better with a full disk, so that it fails the job. Default false.</param>
    public AttemptRunner(IFileSystem files, IOutputStore output, IMapOutputSource source, string workDirectory, Func<TaskLease, JobPlan> plans, bool isOnlyHost = false)
        : this(files, output, source, workDirectory, plans, isOnlyHost, runsInline: false, new MemoryPool(), LeastRoom) { }

    /// <summary>For a simulation, which runs attempts on the caller's thread, whose many runners share their memory, and whose disk is small.</summary>
    internal AttemptRunner(
        IFileSystem files, IOutputStore output, IMapOutputSource source, string workDirectory, Func<TaskLease, JobPlan> plans, bool isOnlyHost, bool runsInline, MemoryPool memory, int leastRoom,
        Func<TaskLease, IRecordWatch>? watches = null)
    {
        (_files, _output, _source, _workDirectory, _plans) = (files, output, source, workDirectory, plans);
        (_isOnlyHost, _runsInline, _memory, _watches) = (isOnlyHost, runsInline, memory, watches);
        _fullDisk = new FullDisk(files, workDirectory, leastRoom);
    }

    /// <inheritdoc/>
    public Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var attempt = () => Run(lease, progress, cancellationToken);
        return _runsInline ? AttemptThread.RunHere(attempt) : AttemptThread.Run(attempt);
    }

    /// <summary>That the disk is full, from the first attempt that fails by it until a file can be written again.</summary>
    public string? Refusal => _fullDisk.Refusal();

    /// <inheritdoc/>
    public void Discard(TaskLease lease)
    {
        _files.DeleteTree(AttemptDirectory(lease));
        _output.Discard(lease.Spec.Output, lease.JobId, lease.Task, lease.Token);
    }

    /// <inheritdoc/>
    public void DiscardJob(string jobId) => _files.DeleteTree(WorkDirectory.Job(_workDirectory, jobId));

    /// <summary>Gives unused memory back.</summary>
    public void Dispose() => _memory.Dispose();

    private string AttemptDirectory(TaskLease lease) => WorkDirectory.Attempt(_workDirectory, lease.JobId, lease.Task, lease.Token);

    private AttemptResult Run(TaskLease lease, AttemptProgress progress, CancellationToken cancellation)
    {
        IReadOnlyList<Segment> segments = [];
        // A few MiB are for the reader, the writer and the runtime's own.
        var workspace = new Workspace(
            _files, AttemptDirectory(lease), lease.Spec.MemoryPerSlot, _memory, new AttemptCounters(), progress, cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            _files.CreateDirectory(workspace.Directory);
            // What the attempt owns ends before its files go.
            using var owned = workspace;
            var total = new CounterSet();
            var task = new TaskContext(lease, workspace, total, Files(lease, workspace));
            var step = _plans(lease).Steps[lease.Task.Step];
            var result = lease.Task.Kind switch
            {
                TaskKind.Sample => Sample(lease, step, workspace),
                TaskKind.Map when lease.Reducers == 0 => MapToOutput(lease, step, task, workspace, total),
                TaskKind.Map => Map(lease, step, task, workspace, total),
                _ => Reduce(lease, step, task, workspace, total, segments = Fetch(lease, workspace)),
            };
            // User code may have caught what the engine threw at it.
            workspace.Fault.Rethrow();
            workspace.Counters.AddTo(total);
            return result;
        }
        catch (Exception error)
        {
            var left = TryDiscard(lease);
            if (cancellation.IsCancellationRequested)
                throw error as OperationCanceledException ?? new OperationCanceledException($"Task {lease.Task} was stopped.", error, cancellation);
            if (AttemptFailures.IsDiskFull(workspace.Fault.First ?? error)) _fullDisk.Found();
            var failure = (error as AttemptFailedException)?.Failure ?? AttemptFailures.Of(workspace.Fault.First ?? error, lease, segments, _isOnlyHost);
            throw new AttemptFailedException(failure with { Message = failure.Message + left }, error);
        }
    }

    // What cannot be deleted now is deleted with the job: that must not hide why the attempt failed.
    private string TryDiscard(TaskLease lease)
    {
        try
        {
            Discard(lease);
            return "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $" What it wrote could not be deleted: {error.Message}";
        }
    }

    private AttemptFiles Files(TaskLease lease, Workspace workspace)
    {
        var files = new AttemptFiles(name => _output.Create(lease.Spec.Output, lease.JobId, lease.Task, lease.Token, name), lease.Task, lease.Spec.Steps.Count < 2, workspace, _watches?.Invoke(lease));
        workspace.Own(files);
        return files;
    }

    private static AttemptResult Sample(TaskLease lease, StepPlan step, Workspace workspace)
    {
        // What is sampled is read again by the maps: neither the engine's counters nor the mapper's own, nor its files, are the job's.
        var apart = workspace with { Counters = new AttemptCounters() };
        var nowhere = new AttemptFiles(_ => new NullWriter(), lease.Task, isOnlyStep: true, apart);
        apart.Own(nowhere);
        var boundaries = step.Sample(SampleProbes.Choose(lease.SampledSplits!), lease.Reducers, new TaskContext(lease, apart, [], nowhere), apart);
        return new AttemptResult { Boundaries = boundaries, Counters = [] };
    }

    private AttemptResult Map(TaskLease lease, StepPlan step, TaskContext task, Workspace workspace, CounterSet total)
    {
        Partitioner partitioner = lease.Boundaries is { } boundaries ? new RangePartitioner(lease.Reducers, boundaries) : new HashPartitioner(lease.Reducers);
        var run = step.Map(lease.Split!, partitioner, WorkDirectory.MapOutput(_workDirectory, lease.JobId, lease.Task, lease.Token), task, workspace);
        workspace.Counters.MaterializedBytes = run.Length;
        return new AttemptResult { Bytes = run.Length, Files = Seal(lease, task, workspace), Counters = total };
    }

    private AttemptResult MapToOutput(TaskLease lease, StepPlan step, TaskContext task, Workspace workspace, CounterSet total)
    {
        step.MapToOutput(lease.Split!, task, workspace);
        return SealOutput(lease, task, workspace, total);
    }

    private AttemptResult Reduce(TaskLease lease, StepPlan step, TaskContext task, Workspace workspace, CounterSet total, IReadOnlyList<Segment> segments)
    {
        step.Reduce(segments, task, workspace);
        return SealOutput(lease, task, workspace, total);
    }

    private IReadOnlyList<Segment> Fetch(TaskLease lease, Workspace workspace)
    {
        workspace.Progress.Begin("fetch", 0);
        var segments = _source.Fetch(lease, workspace.Directory, workspace.Progress, workspace.Cancellation);
        workspace.Counters.ShuffledMaps = segments.Count;
        workspace.Counters.ShuffleBytes = segments.Sum(segment => segment.Length);
        return segments;
    }

    private AttemptResult SealOutput(TaskLease lease, TaskContext task, Workspace workspace, CounterSet total)
    {
        var files = Seal(lease, task, workspace);
        // The output lives elsewhere; what is left here is scratch.
        _files.DeleteTree(workspace.Directory);
        return new AttemptResult { Files = files, Bytes = workspace.Counters.BytesWritten, Counters = total };
    }

    private IReadOnlyList<OutputFile> Seal(TaskLease lease, TaskContext task, Workspace workspace)
    {
        if (task.Files.IsEmpty) return [];
        workspace.Progress.Enter("write");
        var files = task.Files.Complete();
        if (files.Count > 0) _output.Seal(lease.Spec.Output, lease.JobId, lease.Task, lease.Token);
        workspace.Counters.BytesWritten = files.Sum(file => file.Length);
        return files;
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using MapReduce.Diagnostics;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;
using MapReduce.Worker;

namespace MapReduce.Local;

/// <summary>One run of a job by a cluster in this process.</summary>
internal sealed class LocalRun(
    JobSpec spec, LocalClusterOptions options, IFileSystem files, TimeProvider time, Func<JobSpec, InputPlan> planner, Func<IOutputStore, string, IAttemptRunner> makeRunner)
{
    // Also how often attempts tell their progress: within a process that costs next to nothing.
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    public async Task<JobStatus> RunAsync(IProgress<JobStatus>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = spec with { Slots = options.Workers };
        // Planned before anything is touched: a job that cannot start leaves no trace.
        var plan = planner(job);
        using var outputLock = OutputLock.Take(files, job.Output);
        var folders = new LocalFolders(files, job.Output, options.WorkDirectory);
        var output = new FileOutputStore(files, folders.Data, OutputDurability.Process);
        // What a killed run left.
        folders.End(output);
        var work = CreatedDirectories.Make(files, folders.Work);
        try
        {
            return await RunAsync(job, plan, folders, output, progress, cancellationToken);
        }
        finally
        {
            folders.End(output);
            work.RemoveEmpty(files);
        }
    }

    private async Task<JobStatus> RunAsync(
        JobSpec job, InputPlan plan, LocalFolders folders, FileOutputStore output, IProgress<JobStatus>? progress, CancellationToken cancellationToken)
    {
        var key = NewName();
        folders.Begin(JobJournal.JobId(key));
        var runner = makeRunner(output, folders.Work);
        using var owned = runner as IDisposable;
        var coordinator = new JobCoordinator(
            new InMemoryTaskLeaseStore(time), output, files, folders.Data, _ => plan, time, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)), isDurable: false);
        using var span = MapReduceTelemetry.Start($"job {job.Name ?? job.Job}", Activity.Current?.Id);
        var jobId = await coordinator.SubmitAsync(job, key, JobOrigin.Unknown with { TraceParent = span?.Id }, CancellationToken.None);
        span?.SetTag("mapreduce.job.id", jobId);
        return await new LocalDriver(coordinator, jobId, time).RunAsync(Workers(coordinator, runner), progress, TickEvery, cancellationToken);
    }

    private List<WorkerLoop> Workers(JobCoordinator coordinator, IAttemptRunner runner)
    {
        var workers = new List<WorkerLoop>();
        for (var n = 1; n <= options.Workers; n++)
            workers.Add(new WorkerLoop(new WorkerRegistration($"local-{n}-{NewName()}", 1, null), coordinator, runner, time, TickEvery));
        return workers;
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}

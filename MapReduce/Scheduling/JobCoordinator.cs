using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Coordination;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;

namespace MapReduce.Scheduling;

/// <summary>
/// The master's brain: accepts jobs, leases their tasks to workers, and brings each job to its one outcome. It holds no
/// truth of its own: another coordinator over the same store and data folder carries on from any point. Safe for concurrent use.
/// </summary>
/// <remarks>
/// It starts no thread and no timer but those of a waiting call. Its host drives it with one loop, in which a tick comes at
/// once when there is a job to end, else about every 250 ms, and sooner while a job has a lease below 1.5 s:
/// <code>
/// while (true)
/// {
///     await coordinator.TickAsync(stop);
///     await coordinator.WaitForTickAsync(TimeSpan.FromMilliseconds(250), stop);
/// }
/// </code>
/// Awaits keep the caller's synchronization context, so that a simulation can run everything on one thread. A member of
/// <see cref="IMasterClient"/> throws <see cref="MasterUnavailableException"/> while the store or the data folder fails.
/// </remarks>
public sealed partial class JobCoordinator : IMasterClient
{
    private readonly ITaskLeaseStore _store;
    private readonly IOutputStore _output;
    private readonly Func<JobSpec, InputPlan> _planner;
    private readonly TimeProvider _time;
    private readonly Chance _chance;
    private readonly JobJournal _journal;
    private readonly JobHistory _history;
    private readonly Func<string> _dataFolderId;
    private readonly JobFiles _jobs;
    private readonly Claimer _claimer;
    private readonly JobDriver _driver;

    // What waiting callers wait for: work to claim, a reason to tick, a job that ended.
    private readonly Pulse _work, _tick, _ended;

    /// <summary>Prepares a coordinator.</summary>
    /// <param name="store">The truth about running jobs.</param>
    /// <param name="output">Where outputs grow and outcomes are published.</param>
    /// <param name="files">The disk of the data folder.</param>
    /// <param name="dataFolder">Where jobs are journaled; shared by all masters, and with <paramref name="output"/>.</param>
    /// <param name="planner">Cuts a job's input into splits; throws <see cref="JobRejectedException"/> when the job cannot start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">The source of tokens and jitter.</param>
    /// <param name="isDurable">True (the default) when the journal must outlive a loss of power; a local run, which ends with its process, needs no such wait for the disk, nor a ledger that outlives it.</param>
    /// <param name="fillsMapOutputs">True (the default) when reduce leases carry the locations of all map outputs; false when workers look them up by <see cref="TaskLease.MapOutputsVersion"/>, once for many leases.</param>
    public JobCoordinator(
        ITaskLeaseStore store, IOutputStore output, IFileSystem files, string dataFolder, Func<JobSpec, InputPlan> planner,
        TimeProvider time, Random random, bool isDurable = true, bool fillsMapOutputs = true)
    {
        (_store, _output, _planner, _time) = (store, output, planner, time);
        _chance = new Chance(random);
        _journal = new JobJournal(files, dataFolder, isDurable);
        _history = new JobHistory(_journal);
        _dataFolderId = () => Journal.DataFolderId.Get(files, dataFolder, isDurable, _chance.Nonce);
        _jobs = new JobFiles(_journal);
        _claimer = new Claimer(store, _jobs, new LeaseBuilder(store, files, fillsMapOutputs), _chance);
        _driver = new JobDriver(store, output, files, _journal, _jobs, time, keepsLedger: isDurable);
        (_work, _tick, _ended) = (new Pulse(time), new Pulse(time), new Pulse(time));
    }

    // To a worker, a master that cannot read its data folder is as good as away: it tries again.
    private static async ValueTask<T> AnswerAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MasterUnavailableException($"The master cannot use its data folder: {failure.Message}", failure);
        }
    }
}

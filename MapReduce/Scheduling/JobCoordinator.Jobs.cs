using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Coordination;
using MapReduce.Scheduling.Journal;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling;

public sealed partial class JobCoordinator
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(250);

    /// <summary>The id of the job that is submitted with a key: 32 hexadecimal digits.</summary>
    public static string JobId(string idempotencyKey) => JobJournal.JobId(idempotencyKey);

    /// <summary>Starts a job, or finds the one that was started with the same key.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="idempotencyKey">Any text; the job's id is its hash, so that a repeated submit starts nothing new.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="cancellationToken">Gives up; a job that was journaled by then starts all the same.</param>
    /// <returns>The job's id: 32 hexadecimal digits.</returns>
    /// <exception cref="JobRejectedException">The job cannot start, or the key stands for another job.</exception>
    /// <exception cref="MasterUnavailableException">The store cannot be reached; submit again with the same key.</exception>
    public async ValueTask<string> SubmitAsync(JobSpec spec, string idempotencyKey, JobOrigin origin, CancellationToken cancellationToken)
    {
        var jobId = JobJournal.JobId(idempotencyKey);
        var entry = _journal.Find(jobId) ?? Admit(jobId, spec, origin);
        if (!JobJournal.AreEqual(entry.Spec, spec))
            throw new JobRejectedException([$"The idempotency key '{idempotencyKey}' was used for another job ({jobId}): use a new key for a new job."], isConflict: true);
        if (_journal.FindEnd(jobId) is null) await RestoreAsync(entry, isLost: false, cancellationToken);
        _work.Signal();
        _tick.Signal();
        return jobId;
    }

    /// <summary>Ends a job as cancelled, unless its outcome is decided already. Its attempts are told when they renew their leases.</summary>
    public async ValueTask<CancelAnswer> CancelAsync(string jobId, CancellationToken cancellationToken)
    {
        if (_journal.Find(jobId) is not { } entry) return CancelAnswer.Unknown;
        var outcome = _driver.Cancel(entry);
        if (outcome.Kind == OutcomeKind.Cancelled) await _store.CancelAsync(jobId, cancellationToken);
        _tick.Signal();
        return outcome.Kind == OutcomeKind.Cancelled ? CancelAnswer.Cancelled : CancelAnswer.TooLate;
    }

    /// <summary>How a job stands; null when there is no such job.</summary>
    public async ValueTask<JobStatus?> StatusAsync(string jobId, CancellationToken cancellationToken)
    {
        if (_journal.Find(jobId) is not { } entry) return null;
        if (_journal.FindEnd(jobId) is { } end) return StatusBuilder.Build(entry, end);
        var status = await LiveStatusAsync(entry, cancellationToken);
        return status with { Error = status.Error ?? _troubles.GetValueOrDefault(jobId) };
    }

    private async ValueTask<JobStatus> LiveStatusAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            if (await _store.JobAsync(entry.JobId, cancellationToken) is not { } view) return StatusBuilder.Build(entry);
            // It ended since the journal was read, which tells the end to everybody alike.
            if (view.EndedAt is not null && _journal.FindEnd(entry.JobId) is { } end) return StatusBuilder.Build(entry, end);
            return StatusBuilder.Build(entry, view, await _store.RunningAsync(entry.JobId, cancellationToken), await _store.CountersAsync(entry.JobId, cancellationToken));
        }
        catch (BrokenJobException broken)
        {
            return StatusBuilder.Build(entry) with { Error = broken.Message };
        }
    }

    /// <summary>Waits until a job has ended.</summary>
    /// <returns>Its final status.</returns>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<JobStatus> WaitAsync(string jobId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = _ended.Version;
            var status = await StatusAsync(jobId, cancellationToken)
                ?? throw new KeyNotFoundException($"There is no job '{jobId}' in the data folder: check the id, or submit the job.");
            if (status.EndedAt is not null) return status;
            // Another master may be the one that ends it.
            await _ended.WaitAsync(seen, Probe, cancellationToken);
        }
    }

    // The output is claimed before the job exists, so that a job that is visible can always be run.
    private JournalEntry Admit(string jobId, JobSpec spec, JobOrigin origin)
    {
        if (_journal.FindEnd(jobId) is not null)
        {
            // This call was held up while the job was submitted by another, ran and ended.
            if (_journal.Find(jobId) is { } ended) return ended;
            // An old job of this id that another master was removing must not leave its plan or outcome to the new one.
            _journal.Remove(jobId);
        }

        var plan = _planner(spec);
        PlanLimits.Check(spec, plan);
        try
        {
            _output.Claim(jobId, spec);
        }
        catch (OutputExistsException taken)
        {
            throw new JobRejectedException([taken.Message], isConflict: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JobRejectedException([$"Output '{spec.Output}' cannot be written: {failure.Message} Choose a directory that the master and the workers may write to."]);
        }
        return _journal.Publish(jobId, spec, plan, origin, _time.GetUtcNow());
    }

    /// <summary>Makes the store know a journaled job, or closes the job if its outcome is there.</summary>
    private async ValueTask RestoreAsync(JournalEntry entry, bool isLost, CancellationToken cancellationToken)
    {
        // The store must know no job that a loss of power takes from the journal.
        _journal.Secure(entry.JobId);
        if (_output.Outcome(entry.JobId) is { } outcome)
        {
            await _driver.ObeyAsync(entry, outcome, cancellationToken);
            _ended.Signal();
        }
        else if (!await _store.SubmitAsync(entry.Shape() with { IsRestored = isLost && RestorePolicy.WasKnown(entry.SubmittedAt, _time.GetUtcNow()) }, cancellationToken))
        {
            throw new JobRejectedException([$"The lease store knows job {entry.JobId} with another plan: let all masters use one data folder, or empty the store."], isConflict: true);
        }
    }
}

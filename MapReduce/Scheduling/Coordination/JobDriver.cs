using MapReduce.Counters;
using MapReduce.Diagnostics;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;
using MapReduce.Scheduling.Policy;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Brings a job to its end: decides the outcome once, and carries out whatever outcome there is.</summary>
internal sealed class JobDriver(ITaskLeaseStore store, IOutputStore output, IFileSystem files, JobJournal journal, JobFiles jobs, TimeProvider time, bool keepsLedger)
{
    private const int LedgerPiece = 1000;

    /// <summary>Does what is to be done for a job now.</summary>
    /// <returns>True when tasks may have become free, or the job ended.</returns>
    public async ValueTask<bool> DriveAsync(JobView view, CancellationToken cancellationToken)
    {
        var entry = jobs.Get(view.Shape.JobId).Entry;
        // An outcome that somebody published before a crash is the judge, whatever the store says.
        var outcome = output.Outcome(entry.JobId) ?? await DecideAsync(entry, view, cancellationToken);
        if (outcome is null) return view.State == JobState.Committing || await SpeculateAsync(view, cancellationToken);
        await ObeyAsync(entry, outcome, cancellationToken);
        return true;
    }

    /// <summary>Carries out an outcome and closes the job. May be repeated from any point after a crash.</summary>
    public async ValueTask ObeyAsync(JournalEntry entry, JobOutcome outcome, CancellationToken cancellationToken)
    {
        var jobId = entry.JobId;
        if (outcome.Kind != OutcomeKind.Commit) await store.CancelAsync(jobId, cancellationToken);
        var error = CarryOut(entry, outcome);
        var state = outcome.Kind switch
        {
            OutcomeKind.Commit => JobState.Succeeded,
            OutcomeKind.Failed => JobState.Failed,
            _ => JobState.Cancelled,
        };
        var counters = outcome.Kind == OutcomeKind.Commit ? outcome.Counters : await store.CountersAsync(jobId, cancellationToken);
        var view = await store.JobAsync(jobId, cancellationToken);
        if (keepsLedger) await KeepLedgerAsync(jobId, cancellationToken);
        journal.PublishEnd(jobId, End(entry, view, new JournalEnd(state, error, time.GetUtcNow(), counters)));
        await store.FinishAsync(jobId, state, error, cancellationToken);
        jobs.Forget(jobId);
    }

    /// <returns>The job's error, null for none.</returns>
    private string? CarryOut(JournalEntry entry, JobOutcome outcome)
    {
        using var span = outcome.Kind == OutcomeKind.Commit ? MapReduceTelemetry.Start("commit", entry.Origin.TraceParent) : null;
        span?.SetTag("mapreduce.job.id", entry.JobId);
        try
        {
            output.CarryOut(entry.JobId, outcome);
            return outcome.Error;
        }
        catch (Exception failure) when (outcome.Kind != OutcomeKind.Commit && IsLate(entry, time.GetUtcNow() - entry.SubmittedAt) && IsDisk(failure))
        {
            // Nothing of it is visible, and its limit is a promise that it ends, also where its output's disk is gone for good.
            return $"{outcome.Error ?? "cancelled"}; its temporary files could not be deleted ({failure.Message}): delete '{OutputPaths.Temporary(outcome.Output)}'";
        }
        catch (Exception failure)
        {
            span?.Fail(failure.Message);
            throw;
        }
    }

    private static JournalEnd End(JournalEntry entry, JobView? view, JournalEnd end) => view is null
        // The store lost its memory: the outcome tells only whether all was done.
        ? end with { Step = entry.Spec.Steps.Count, Tasks = StepSizes.Counts(entry.Shape().Steps[^1], isDone: end.State == JobState.Succeeded) }
        : end with
        {
            // What still runs is killed by the end.
            Attempts = view.Attempts with { Killed = view.Attempts.Killed + view.Running },
            Step = view.Step + 1,
            Tasks = StatusBuilder.Stages(view, RunningView.None),
        };

    private async ValueTask KeepLedgerAsync(string jobId, CancellationToken cancellationToken)
    {
        var all = new List<AttemptEvent>();
        var isTruncated = false;
        while (true)
        {
            var piece = await store.EventsAsync(jobId, all.Count > 0 ? all[^1].Id : 0, LedgerPiece, cancellationToken);
            isTruncated |= piece.IsTruncated;
            all.AddRange(piece.Events);
            if (piece.Events.Count < LedgerPiece) break;
        }
        journal.PublishLedger(jobId, new LedgerView(all, isTruncated));
    }

    public JobOutcome Cancel(JournalEntry entry) => output.Publish(entry.JobId, Outcome(entry, OutcomeKind.Cancelled));

    private async ValueTask<JobOutcome?> DecideAsync(JournalEntry entry, JobView view, CancellationToken cancellationToken)
    {
        if (view.Dead is { } dead) return output.Publish(entry.JobId, Outcome(entry, OutcomeKind.Failed) with { Error = dead.Error });
        if (view.IsCancelled) return Cancel(entry);
        var isLate = IsLate(entry, view.Age);
        if (view.State != JobState.Committing) return isLate ? TimeOut(entry, "raise it, or give the job more workers") : null;
        try
        {
            return await TryCommitAsync(entry, view, cancellationToken);
        }
        catch (Exception failure) when (isLate && IsDisk(failure))
        {
            // Should the commit have been published all the same, then that is the outcome.
            return TimeOut(entry, $"all its tasks are done, but it cannot be committed: {failure.Message}");
        }
    }

    private static bool IsLate(JournalEntry entry, TimeSpan age) => entry.Spec.JobTimeout is { } limit && age > limit;

    private static bool IsDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private JobOutcome TimeOut(JournalEntry entry, string more) => output.Publish(entry.JobId, Outcome(entry, OutcomeKind.Failed) with
    {
        Error = $"job {entry.JobId} took longer than its limit of {entry.Spec.JobTimeout} (JobTimeout): {more}",
    });

    // Between a win and the commit somebody may have deleted a file. Success must never lack data: its task runs again.
    private async ValueTask<JobOutcome?> TryCommitAsync(JournalEntry entry, JobView view, CancellationToken cancellationToken)
    {
        if (await store.ResultAsync(entry.JobId, cancellationToken) is not { } result) return null;
        var commit = Commit(entry, result);
        var missing = output.Missing(entry.Spec.Output, entry.JobId, commit.Winners);
        if (missing.Count == 0) return output.Publish(entry.JobId, TooManyBadRecords(entry, result) ?? commit);
        if (missing.FirstOrDefault(winner => winner.Task.Step < view.Step) is { } passed) return output.Publish(entry.JobId, Lost(entry, passed));
        foreach (var winner in missing)
            await store.InvalidateAsync(new LeaseRef(entry.JobId, winner.Task, winner.Token), cancellationToken);
        return null;
    }

    // Each attempt kept to the limit; together they may not have.
    private JobOutcome? TooManyBadRecords(JournalEntry entry, JobResult result)
    {
        var (found, limit) = (result.Counters.GetValueOrDefault(CounterNames.MapSkippedRecords), entry.Spec.SkipBadRecords);
        if (found <= limit) return null;
        var first = BadRecordFile.First(files, entry.Spec.Output, entry.JobId, result.Winners);
        return Outcome(entry, OutcomeKind.Failed) with { Error = BadRecordFile.TooMany(found, limit, first) };
    }

    // A step that has passed is never entered again: what it read may be gone.
    private static JobOutcome Lost(JournalEntry entry, Winner winner) => Outcome(entry, OutcomeKind.Failed) with
    {
        Error = $"all tasks are done, but of the files that task {winner.Task} wrote ({string.Join(", ", winner.Files.Select(file => file.Name))}) one is gone from "
            + $"'{OutputPaths.Attempt(entry.Spec.Output, entry.JobId, winner.Task, winner.Token)}', and its step has passed: something outside of MapReduce deleted it; run the job again",
    };

    private async ValueTask<bool> SpeculateAsync(JobView view, CancellationToken cancellationToken)
    {
        if (!BackupPolicy.IsOpen(view)) return false;
        var running = await store.RunningAsync(view.Shape.JobId, cancellationToken);
        var isQueued = false;
        foreach (var task in BackupPolicy.Choose(running, view.Shape.Lease))
            isQueued |= await store.SpeculateAsync(view.Shape.JobId, task, cancellationToken);
        return isQueued;
    }

    private static JobOutcome Outcome(JournalEntry entry, OutcomeKind kind) =>
        new() { Kind = kind, Output = entry.Spec.Output, Job = entry.Spec.Job };

    private static Winner OfOutput(Winner winner) =>
        winner.Files.All(file => OutputNames.IsOfOutput(file.Name)) ? winner : winner with { Files = [.. winner.Files.Where(file => OutputNames.IsOfOutput(file.Name))] };

    private static JobOutcome Commit(JournalEntry entry, JobResult result) =>
        Outcome(entry, OutcomeKind.Commit) with
        {
            Winners = [.. result.Winners.Select(OfOutput).Where(winner => winner.Files.Count > 0)],
            Counters = result.Counters,
        };
}

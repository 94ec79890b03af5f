using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>
/// Keeps its own books on one lease store, from the answers that it gives and the events that it tells of, and fails the
/// simulation at the first entry that breaks a guarantee. The numbers are those of SEMANTICS.md.
/// </summary>
internal sealed class StoreBooks(VirtualWorld world, InMemoryTaskLeaseStore store, IReadOnlyList<string> jobIds, Reports reports, InvalidationReasons reasons)
{
    private readonly Dictionary<string, JobBook> _jobs = [];

    /// <summary>The store lost its memory, or went back to another one: what it told before binds it no more.</summary>
    public void Rebuild()
    {
        reasons.Rebuilt();
        _jobs.Clear();
        foreach (var jobId in jobIds)
        {
            if (View(jobId) is { EndedAt: null } view) Book(jobId, isRebuilt: true).Read(Events(jobId, 0), view);
        }
    }

    /// <summary>Enters what the store has done since the last look.</summary>
    public void Look()
    {
        foreach (var jobId in jobIds)
        {
            if (View(jobId) is not { EndedAt: null } view) continue;
            if (view.State == JobState.Committing) reports.Complete.Add(jobId);
            var book = Book(jobId);
            if (Events(jobId, book.LastEvent) is not { Count: > 0 } events) continue;
            book.Read(events, view);
            book.Check(view, Of(store.CountersAsync(jobId, default)), task => Of(store.TasksAsync(jobId, task.Step, task.Kind, task.Index, 1, default))[0].Deaths);
        }
    }

    public IReadOnlyList<RenewAnswer> Renewed(IReadOnlyList<RenewRequest> renewals, IReadOnlyList<RenewAnswer> answers)
    {
        for (var i = 0; i < answers.Count; i++)
        {
            var lease = renewals[i].Lease;
            if (answers[i] != RenewAnswer.Ok) world.Log($"the store says {answers[i]} to {lease.Task} {lease.Token}");
            if (View(lease.JobId) is { EndedAt: null } view) Book(lease.JobId).Renewed(lease, answers[i], view);
        }

        return answers;
    }

    public IReadOnlyList<Completion> Completed(IReadOnlyList<CompletedAttempt> completed, IReadOnlyList<Completion> completions)
    {
        for (var i = 0; i < completed.Count; i++)
        {
            world.Log($"the store says {completions[i].Answer} to the completion of {completed[i].Lease.Task} {completed[i].Lease.Token}");
            reports.Add(completed[i].Lease, completed[i].Result.Counters);
        }

        Look();
        // A store that has closed a job knows its winners no more.
        for (var i = 0; i < completed.Count; i++)
            if (View(completed[i].Lease.JobId) is { EndedAt: null }) Book(completed[i].Lease.JobId).Completed(completed[i].Lease, completions[i].Answer);
        return completions;
    }

    public bool Announced(string worker, LeaseRef output, AttemptResult result, bool isTaken)
    {
        reports.Add(output, result.Counters);
        if (isTaken) world.Log($"the store takes the announced {output.Task} {output.Token} of {worker}");
        Look();
        return isTaken;
    }

    public bool Speculated(string jobId, TaskId task, bool isQueued)
    {
        if (isQueued && View(jobId) is { EndedAt: null }) Book(jobId).Speculated(task);
        return isQueued;
    }

    public void Failing(LeaseRef lease, AttemptFailure failure)
    {
        world.Log($"{lease.Task} {lease.Token} failed: {failure.Kind} {failure.Message}");
        reasons.Failing(lease, failure);
    }

    public ReapAnswer Reaped(ReapAnswer answer)
    {
        reasons.Lost(answer.LostWorkers);
        Look();
        return answer;
    }

    public void Registered(string worker) => reasons.Registered(worker);

    public void Deregistered(string worker) => reasons.Deregistered(worker);

    private JobBook Book(string jobId, bool isRebuilt = false)
    {
        if (!_jobs.TryGetValue(jobId, out var book)) _jobs.Add(jobId, book = new JobBook(world, jobId, reports, reasons, isRebuilt));
        return book;
    }

    private JobView? View(string jobId) => Of(store.JobAsync(jobId, default));

    private IReadOnlyList<AttemptEvent> Events(string jobId, long after) => Of(store.EventsAsync(jobId, after, int.MaxValue, default)).Events;

    // What is asked of a store in memory is there at once.
    private static T Of<T>(ValueTask<T> answer) => answer.AsTask().Result;
}

/// <summary>What attempts reports, whichever server they reports it to.</summary>
internal sealed class Reports
{
    private readonly Dictionary<(string JobId, TaskId Task, string Token), CounterSet> _counters = [];

    /// <summary>The jobs all of whose tasks were done at some time.</summary>
    public HashSet<string> Complete { get; } = [];

    public void Add(LeaseRef lease, CounterSet counters) => _counters[(lease.JobId, lease.Task, lease.Token)] = counters;

    public CounterSet Of(string jobId, TaskId task, string token) => _counters[(jobId, task, token)];
}

using MapReduce.Protocol;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Finds work for a worker: which job's turn it is, which of its tasks, and all that the attempt needs.</summary>
internal sealed class Claimer(ITaskLeaseStore store, JobFiles jobs, LeaseBuilder builder, Chance chance)
{
    // Slack for claims that other workers make between the look at a job and the claim.
    private const int WindowSlack = 16;
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(250);

    private readonly Turnstile _turns = new();

    /// <summary>One try.</summary>
    /// <param name="workerId">Who asks.</param>
    /// <param name="max">Tasks at most.</param>
    /// <param name="lastJob">The job of the attempt in whose place the worker asks; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The leases, and when to look again if nothing wakes the waiter before.</returns>
    public async ValueTask<(IReadOnlyList<TaskLease> Leases, TimeSpan NextLook)> TryAsync(string workerId, int max, string? lastJob, CancellationToken cancellationToken)
    {
        var cluster = await store.ActiveAsync(cancellationToken);
        if (Candidates(cluster, workerId).Count < 2) return (await ClaimAsync(cluster, workerId, max, lastJob, cancellationToken), NextLook(cluster));
        // Jobs compete: claims of this master look and take one after the other, or each would see a turn that others take.
        await _turns.EnterAsync();
        try
        {
            cluster = await store.ActiveAsync(cancellationToken);
            return (await ClaimAsync(cluster, workerId, max, lastJob, cancellationToken), NextLook(cluster));
        }
        finally
        {
            _turns.Leave();
        }
    }

    private static List<FairShare.Candidate> Candidates(ClusterView cluster, string workerId)
    {
        var candidates = new List<FairShare.Candidate>();
        foreach (var job in cluster.Jobs)
            if (job.HasWork && !WorkerPolicy.IsAside(job, workerId, cluster.LiveWorkers)) candidates.Add(new(job));
        return candidates;
    }

    private async ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(ClusterView cluster, string workerId, int max, string? lastJob, CancellationToken cancellationToken)
    {
        var leases = new List<TaskLease>();
        var granted = new List<LeaseRef>();
        try
        {
            await ClaimByTurnAsync(Candidates(cluster, workerId), workerId, max, lastJob, cluster.LiveWorkers, leases, granted, cancellationToken);
        }
        catch
        {
            await GiveBackAsync(granted);
            throw;
        }
        return leases;
    }

    // A job that has less than its share leaves the rest to the others, in another round.
    private async ValueTask ClaimByTurnAsync(
        List<FairShare.Candidate> candidates, string workerId, int max, string? lastJob, int liveWorkers, List<TaskLease> leases, List<LeaseRef> granted, CancellationToken cancellationToken)
    {
        while (granted.Count < max && candidates.Count > 0)
        {
            FairShare.Allot(candidates, max - granted.Count, lastJob);
            foreach (var candidate in candidates.ToArray())
            {
                var count = candidate.Allotted;
                if (count == 0) continue;
                var before = granted.Count;
                await ClaimAsync(candidate.Job, workerId, count, liveWorkers, leases, granted, cancellationToken);
                candidate.Added += granted.Count - before;
                if (granted.Count - before < count) candidates.Remove(candidate);
            }
        }
    }

    private async ValueTask ClaimAsync(
        JobView view, string workerId, int max, int liveWorkers, List<TaskLease> leases, List<LeaseRef> granted, CancellationToken cancellationToken)
    {
        var job = jobs.Get(view.Shape.JobId);
        while (max > 0 && view is { Claimable: { } kind })
        {
            var fresh = job.Fresh(view.Step, kind, view[kind], max + WindowSlack);
            var request = new ClaimRequest(view.Shape.JobId, workerId, max, chance.Nonce(), fresh, WorkerPolicy.MayKeepOut(1, liveWorkers));
            var grant = await store.ClaimAsync(request, cancellationToken);
            max -= grant.Tasks.Count;
            granted.AddRange(grant.Tasks.Select(task => new LeaseRef(view.Shape.JobId, task.Task, task.Token)));
            foreach (var task in grant.Tasks) await AddAsync(job, view, task, leases, cancellationToken);
            if (!grant.IsBehind || await store.JobAsync(view.Shape.JobId, cancellationToken) is not { } now) return;
            view = now;
        }
    }

    private async ValueTask AddAsync(JobFile job, JobView view, GrantedTask task, List<TaskLease> leases, CancellationToken cancellationToken)
    {
        if (await builder.BuildAsync(job, view, task, cancellationToken) is { } lease) leases.Add(lease);
        else await store.ReleaseAsync(new LeaseRef(view.Shape.JobId, task.Task, task.Token), cancellationToken);
    }

    // The caller gets an error instead of the leases, so that nobody would run them before they ran out.
    private async ValueTask GiveBackAsync(List<LeaseRef> granted)
    {
        try
        {
            foreach (var lease in granted) await store.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (MasterUnavailableException)
        {
            // Then they run out after all, unacknowledged, and blame nobody.
        }
    }

    // A retry that is due but was not granted is kept for another worker: it is looked at again now and then.
    private static TimeSpan NextLook(ClusterView cluster)
    {
        var next = TimeSpan.MaxValue;
        foreach (var job in cluster.Jobs)
        {
            if (job.NextRetry is not { } due) continue;
            if (due <= TimeSpan.Zero) due = Probe;
            if (due < next) next = due;
        }
        return next;
    }
}

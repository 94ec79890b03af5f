using System.Runtime.ExceptionServices;
using MapReduce.Protocol;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling.Coordination;

/// <summary>Finds work for a worker: which job's turn it is, which of its tasks, and all that the attempt needs.</summary>
internal sealed class Claimer(ITaskLeaseStore store, JobFiles jobs, LeaseBuilder builder, Chance chance)
{
    // For claims that other workers make between the look at a job and the claim: as a rule, and when that was too little.
    private const int FewOthers = 64, ManyOthers = 1024;
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(250);

    private readonly Turnstile _turns = new();

    /// <summary>One try.</summary>
    /// <param name="workerId">Who asks.</param>
    /// <param name="max">Tasks at most.</param>
    /// <param name="lastJob">The job of the attempt in whose place the worker asks; null for none.</param>
    /// <param name="cluster">The cluster as the store saw it just now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The leases, and when to look again if nothing wakes the waiter before.</returns>
    public async ValueTask<(IReadOnlyList<TaskLease> Leases, TimeSpan NextLook)> TryAsync(
        string workerId, int max, string? lastJob, ClusterView cluster, CancellationToken cancellationToken)
    {
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
            if (job.HasWork && !RestorePolicy.AwaitsOffers(job) && !WorkerPolicy.IsAside(job, workerId, cluster.LiveWorkers)) candidates.Add(new(job));
        return candidates;
    }

    private async ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(ClusterView cluster, string workerId, int max, string? lastJob, CancellationToken cancellationToken)
    {
        var hand = new Hand(workerId, max, cluster.LiveWorkers);
        try
        {
            await ClaimByTurnAsync(Candidates(cluster, workerId), hand, lastJob, cancellationToken);
        }
        catch
        {
            await GiveBackAsync(hand.Granted);
            throw;
        }
        // Nothing else to do, so that there is somebody to tell.
        if (hand.Leases.Count == 0) hand.Broken?.Throw();
        return hand.Leases;
    }

    // A job that has less than its share leaves the rest to the others, in another round.
    private async ValueTask ClaimByTurnAsync(List<FairShare.Candidate> candidates, Hand hand, string? lastJob, CancellationToken cancellationToken)
    {
        while (hand.Left > 0 && candidates.Count > 0)
        {
            FairShare.Allot(candidates, hand.Left, lastJob);
            foreach (var candidate in candidates.ToArray())
            {
                var count = candidate.Allotted;
                if (count == 0) continue;
                var before = hand.Granted.Count;
                await TryClaimAsync(candidate.Job, count, hand, cancellationToken);
                var added = hand.Granted.Count - before;
                candidate.Added += added;
                if (added < count) candidates.Remove(candidate);
            }
        }
    }

    // One job's unreadable plan must not keep the tasks of all others from the workers.
    private async ValueTask TryClaimAsync(JobView view, int max, Hand hand, CancellationToken cancellationToken)
    {
        var (granted, leases) = (hand.Granted.Count, hand.Leases.Count);
        try
        {
            // Not journaled: a store that was set back may hold a job that was forgotten since.
            if (jobs.Find(view.Shape.JobId) is { } job) await ClaimAsync(job, view, max, hand, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await GiveBackAsync(hand.Granted[granted..]);
            hand.Granted.RemoveRange(granted, hand.Granted.Count - granted);
            hand.Leases.RemoveRange(leases, hand.Leases.Count - leases);
            hand.Broken ??= ExceptionDispatchInfo.Capture(broken);
        }
    }

    private async ValueTask ClaimAsync(JobFile job, JobView view, int max, Hand hand, CancellationToken cancellationToken)
    {
        for (var others = FewOthers; max > 0 && view is { Claimable: { } kind }; others = ManyOthers)
        {
            var fresh = job.Fresh(view.Step, kind, view[kind], max + others);
            var request = new ClaimRequest(view.Shape.JobId, hand.WorkerId, max, chance.Nonce(), fresh, WorkerPolicy.MayKeepOut(1, hand.LiveWorkers));
            var grant = await store.ClaimAsync(request, cancellationToken);
            max -= grant.Tasks.Count;
            hand.Granted.AddRange(grant.Tasks.Select(task => new LeaseRef(view.Shape.JobId, task.Task, task.Token)));
            foreach (var task in grant.Tasks) await AddAsync(job, view, task, hand.Leases, cancellationToken);
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

    /// <summary>What one try has got so far.</summary>
    private sealed class Hand(string workerId, int max, int liveWorkers)
    {
        public string WorkerId => workerId;
        public int LiveWorkers => liveWorkers;
        public List<LeaseRef> Granted { get; } = [];
        public List<TaskLease> Leases { get; } = [];
        public int Left => max - Granted.Count;

        /// <summary>Why a job was passed over, the first of them.</summary>
        public ExceptionDispatchInfo? Broken { get; set; }
    }
}

namespace Simulation.Mutants;

/// <summary>What a worker owes: to keep its leases, its word, and no rubbish.</summary>
internal static class WorkerMutants
{
    private const string Attempt = "MapReduce/Worker/RunningAttempt.cs";
    private const string Set = "MapReduce/Worker/AttemptSet.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("heartbeat once a lease", "a renewal that leaves when the lease ends arrives after it", 1000,
            new Change(Attempt, "heartbeatEvery < lease.Duration / 3 ? heartbeatEvery : lease.Duration / 3", "lease.Duration")),
        // Two layers: what waits for a slot is renewed, and given back after a second.
        new("waiting attempts not renewed", "an attempt that waits behind a long one loses its lease and runs all the same", 6000,
            new Change(Set, "lock (_lock) return [.. _running, .. _waiting];", "lock (_lock) return [.. _running];"),
            new Change("MapReduce/Worker/LeaseHeartbeat.cs", "releaseOverdue();", "")),
        new("map outputs kept after the job", "a worker's disk fills up with the outputs of jobs that ended", 300,
            new Change("MapReduce/Worker/WorkerHousekeeping.cs", "if (!TryDiscard(jobId)) continue;", "")),
    ];
}

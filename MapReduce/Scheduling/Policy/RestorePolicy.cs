namespace MapReduce.Scheduling.Policy;

/// <summary>
/// When a job that the store had lost, and got back from its journal, goes on: once its workers had the time to offer the map
/// outputs that they hold. To grant those maps at once would be to run most of them again.
/// </summary>
internal static class RestorePolicy
{
    // A worker hears of the loss when it next registers, 5 s after the last time, and makes its offers then.
    private static readonly TimeSpan OffersWithin = TimeSpan.FromSeconds(7);

    // Between journal and store a new job may be found by another master, and has nothing to wait for.
    private static readonly TimeSpan NewFor = TimeSpan.FromSeconds(2);

    /// <summary>True for a journaled job that the store must have known before.</summary>
    public static bool WasKnown(DateTimeOffset submittedAt, DateTimeOffset now) => now - submittedAt > NewFor;

    /// <summary>True while nothing of the job is to be granted.</summary>
    public static bool AwaitsOffers(JobView job) => job.Shape.IsRestored && job.Age < OffersWithin;
}

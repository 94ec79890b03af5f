namespace MapReduce.Scheduling.Policy;

/// <summary>
/// When a pause between two ticks is an outage, in which leases may have run out only because no master could be reached.
/// Workers renew every third of a lease and try again within another, so that a pause of a third costs none of them its lease.
/// </summary>
internal static class GuardPolicy
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>The longest pause between two ticks that is no outage.</summary>
    /// <param name="shortestLease">Of the active jobs.</param>
    public static TimeSpan LongestPause(TimeSpan shortestLease)
    {
        var third = TimeSpan.FromTicks(shortestLease.Ticks / 3);
        return third < Longest ? third : Longest;
    }

    /// <summary>How often a master ticks at least, so that a late tick of its own is not taken for an outage.</summary>
    /// <param name="shortestLease">Of the active jobs.</param>
    public static TimeSpan TickWithin(TimeSpan shortestLease) => LongestPause(shortestLease) / 2;
}

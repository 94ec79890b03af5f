namespace AppHost.Tests.Scenarios.Faults;

/// <summary>
/// How long things stay away. What counts is the length in leases: a usual run has leases of 2 s and not of 10 s, and outages of
/// as many of them. With <c>MAPREDUCE_TEST_FULL_OUTAGES=1</c> leases and outages have their full length.
/// </summary>
internal static class Outage
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("MAPREDUCE_TEST_FULL_OUTAGES") == "1";

    /// <summary>The lease of the tests' jobs: 10 s by default, here 2 s.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(IsFull ? 10 : 2);

    /// <summary>A master's: 180 s in full, 36 s in a usual run.</summary>
    public static TimeSpan OfMaster => 18 * Lease;

    /// <summary>Redis's: 60 s in full, 12 s in a usual run.</summary>
    public static TimeSpan OfRedis => 6 * Lease;

    /// <summary>Lets time pass: the outage itself, not a wait for something.</summary>
    public static Task LastAsync(TimeSpan length) => Task.Delay(length, TimeProvider.System);
}

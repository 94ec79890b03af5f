using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>Which failures of Redis mean "not now": everything else is a fault of ours and is thrown as it is.</summary>
internal static class RedisFailures
{
    // The first words of Redis's own errors that go away: starting, a script that runs, a replica, full, cannot save, no master.
    private static readonly string[] Passing = ["LOADING", "BUSY", "READONLY", "OOM", "MISCONF", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS"];

    public static bool IsPassing(Exception failure) => failure switch
    {
        RedisConnectionException or TimeoutException or ObjectDisposedException => true,
        RedisServerException server => Passing.Any(word => server.Message.Contains(word, StringComparison.Ordinal)),
        _ => false,
    };

    public static BrokenJobException Broken(string jobId, Exception failure) =>
        new(jobId, $"The lease store makes no sense of job {jobId}: {failure.Message} Unless somebody changed its keys, this is a bug. "
            + $"Delete them ({RedisKeys.All(jobId)}): then the masters submit the job again.", failure);

    public static MasterUnavailableException Unavailable(string call, Exception failure) =>
        new($"The lease store cannot be reached ({call}): {failure.Message} Check that Redis runs and has memory; the call is tried again.", failure);
}

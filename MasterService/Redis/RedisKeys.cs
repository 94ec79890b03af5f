using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>
/// The names of all Redis keys that are not made within a script. A job's keys share its hash tag, the cluster's another, so
/// that a script never needs keys of two slots of a Redis Cluster.
/// </summary>
internal static class RedisKeys
{
    /// <summary>Jobs that have not ended, by submit time.</summary>
    public static readonly RedisKey Jobs = "mr:{cluster}:jobs";

    /// <summary>Their leases, of which the longest is the length of a grace.</summary>
    public static readonly RedisKey Leases = "mr:{cluster}:leases";

    /// <summary>The last look of the guard.</summary>
    public static readonly RedisKey Guard = "mr:{cluster}:guard";

    /// <summary>Workers, by when their registration lapses.</summary>
    public static readonly RedisKey Workers = "mr:{cluster}:workers";

    /// <summary>Workers as they announced themselves.</summary>
    public static readonly RedisKey Registrations = "mr:{cluster}:registrations";

    /// <summary>Workers that are to claim no more tasks.</summary>
    public static readonly RedisKey Draining = "mr:{cluster}:draining";

    /// <summary>Changes when Redis lost its memory, or may have lost some of it.</summary>
    public static readonly RedisKey Epoch = "mr:{cluster}:epoch";

    /// <summary>The id of the masters' data folder.</summary>
    public static readonly RedisKey DataFolder = "mr:{cluster}:data-folder";

    /// <summary>The job's hash: the one key from which the scripts make the others.</summary>
    public static RedisKey Job(string jobId) => Of(jobId, "job");

    /// <summary>The totals of its counters.</summary>
    public static RedisKey Counters(string jobId) => Of(jobId, "count");

    /// <summary>The lease of one attempt: there as long as it lasts.</summary>
    public static RedisKey Lease(string jobId, string task, string token) => Of(jobId, $"lease:{task}/{token}");

    /// <summary>All keys of a job, as a pattern.</summary>
    public static string All(string jobId) => $"mr:{{{jobId}}}:*";

    private static RedisKey Of(string jobId, string name) => $"mr:{{{jobId}}}:{name}";
}

namespace MapReduce.MasterService.Redis;

/// <summary>All scripts. What each takes and returns stands in its file.</summary>
/// <param name="library">Replaces libraries by name; null for the files themselves.</param>
internal sealed class RedisScripts(Func<string, string?>? library = null)
{
    public RedisScript Submit { get; } = Job("submit", library);
    public RedisScript Claim { get; } = Job("claim", library);
    public RedisScript Renew { get; } = Job("renew", library);
    public RedisScript Complete { get; } = Job("complete", library);
    public RedisScript Announce { get; } = Job("announce", library);
    public RedisScript Fail { get; } = Job("fail", library);
    public RedisScript Release { get; } = Job("release", library);
    public RedisScript Reap { get; } = Job("reap", library);
    public RedisScript Invalidate { get; } = Job("invalidate", library);
    public RedisScript InvalidateWorker { get; } = Job("invalidate-worker", library);
    public RedisScript Speculate { get; } = Job("speculate", library);
    public RedisScript Cancel { get; } = Job("cancel", library);
    public RedisScript Finish { get; } = Job("finish", library);
    public RedisScript Sweep { get; } = Job("sweep", library);
    public RedisScript View { get; } = Job("view", library);
    public RedisScript Running { get; } = Job("running", library);
    public RedisScript Winners { get; } = Job("winners", library);
    public RedisScript Result { get; } = Job("result", library);
    public RedisScript Tasks { get; } = Job("tasks", library);
    public RedisScript Events { get; } = Job("events", library);

    public RedisScript Index { get; } = Cluster("index", library);
    public RedisScript Retire { get; } = Cluster("retire", library);
    public RedisScript Active { get; } = Cluster("active", library);
    public RedisScript Guard { get; } = Cluster("guard", library);
    public RedisScript Register { get; } = Cluster("register", library);
    public RedisScript Drain { get; } = Cluster("drain", library);
    public RedisScript Leave { get; } = Cluster("leave", library);
    public RedisScript Forget { get; } = Cluster("forget", library);
    public RedisScript Workers { get; } = Cluster("workers", library);

    private static RedisScript Job(string name, Func<string, string?>? library) => RedisScript.Load($"job/{name}", library);

    private static RedisScript Cluster(string name, Func<string, string?>? library) => RedisScript.Load($"cluster/{name}", library);
}

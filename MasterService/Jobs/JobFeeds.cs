using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>The feeds of the jobs that somebody watches. A feed lives as long as its watchers. Safe for concurrent use.</summary>
internal sealed class JobFeeds(JobCoordinator coordinator, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shared> _feeds = new(StringComparer.Ordinal);

    /// <summary>Feeds that are followed now.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _feeds.Count;
        }
    }

    /// <summary>Joins those who watch a job. Dispose the watch to leave.</summary>
    public Watch Join(string jobId)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(jobId, out var shared))
            {
                shared = new Shared(new JobFeed(jobId, coordinator, time), new CancellationTokenSource());
                _feeds.Add(jobId, shared);
                _ = Task.Run(() => shared.Feed.FollowAsync(shared.Stop.Token), CancellationToken.None);
            }
            shared.Watchers++;
            return new Watch(shared.Feed, () => Leave(jobId, shared));
        }
    }

    private void Leave(string jobId, Shared shared)
    {
        lock (_lock)
        {
            if (--shared.Watchers > 0) return;
            _feeds.Remove(jobId);
        }
        shared.Stop.Cancel();
    }

    /// <summary>One watcher's place at a feed.</summary>
    internal sealed class Watch(JobFeed feed, Action leave) : IDisposable
    {
        public JobFeed Feed => feed;

        public void Dispose() => leave();
    }

    private sealed class Shared(JobFeed feed, CancellationTokenSource stop)
    {
        public JobFeed Feed => feed;
        public CancellationTokenSource Stop => stop;
        public int Watchers { get; set; }
    }
}

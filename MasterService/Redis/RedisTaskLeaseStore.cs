using System.Collections.Concurrent;
using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>
/// The lease store that masters share. Every call on a job is one script, and so one atomic step; the lease of an attempt is a
/// key that Redis itself drops. Nothing is kept here but what can be found again, so that any number of masters may use one
/// Redis. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Needs Redis 5 or later, a <c>maxmemory-policy</c> of <c>noeviction</c> (<see cref="RedisGuard"/>), and no right but to its
/// own keys, <c>mr:*</c>. Works with a Redis Cluster: no script touches two slots.
/// </remarks>
public sealed partial class RedisTaskLeaseStore : ITaskLeaseStore
{
    private static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RegistrationLasts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndedJobsLast = TimeSpan.FromHours(1);

    // A script holds up all others: a long list goes in pieces.
    private const int AtOnce = 256;
    private const int LongestError = 4096;

    private readonly ScriptRunner _runner;
    private readonly RedisScripts _scripts;

    // The order of each job's counter names as it was last seen, so that it is seldom sent twice.
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _counterNames = new(StringComparer.Ordinal);

    /// <summary>Makes a store over a connection, which stays the caller's.</summary>
    /// <param name="redis">The connection; its default database is used.</param>
    /// <param name="time">The clock by which a call is given up after 5 s. All else is measured by Redis's clock.</param>
    public RedisTaskLeaseStore(IConnectionMultiplexer redis, TimeProvider time)
        : this(redis, time, new RedisScripts()) { }

    internal RedisTaskLeaseStore(IConnectionMultiplexer redis, TimeProvider time, RedisScripts scripts) =>
        (_runner, _scripts) = (new ScriptRunner(redis, time), scripts);

    private async Task<RedisResult> RunAsync(RedisScript script, string jobId, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await _runner.RunAsync(script, [RedisKeys.Job(jobId)], arguments, cancellationToken);
        }
        catch (RedisServerException failure)
        {
            throw RedisFailures.Broken(jobId, failure);
        }
    }

    private async ValueTask<bool> AskAsync(RedisScript script, string jobId, RedisValue[] arguments, CancellationToken cancellationToken) =>
        (long)await RunAsync(script, jobId, arguments, cancellationToken) == 1;

    private Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _runner.RunAsync(script, keys, arguments, cancellationToken);

    // Items of several jobs: a script for each job, all on their way at once; the answers in the order of the items.
    private static async ValueTask<IReadOnlyList<TAnswer>> ByJobAsync<TItem, TAnswer>(
        IReadOnlyList<TItem> items, Func<TItem, string> jobOf, Func<string, TItem[], Task<TAnswer[]>> call)
    {
        var answers = new TAnswer[items.Count];
        await Task.WhenAll(Enumerable.Range(0, items.Count).GroupBy(i => jobOf(items[i]), StringComparer.Ordinal).Select(async job =>
        {
            foreach (var places in job.Chunk(AtOnce))
            {
                var found = await call(job.Key, Array.ConvertAll(places, i => items[i]));
                for (var i = 0; i < places.Length; i++) answers[places[i]] = found[i];
            }
        }));
        return answers;
    }
}

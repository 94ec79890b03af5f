using System.Collections.Concurrent;
using MapReduce.MasterService.Redis.Packing;
using MapReduce.MasterService.Redis.Replies;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

public sealed partial class RedisTaskLeaseStore
{
    private const int KeptEvents = 10_000, SliceOfResult = 2_000;

    // Boundaries by the version of the sample that found them: may be long, and are part of every view.
    private readonly ConcurrentDictionary<string, KnownBoundaries> _boundaries = new(StringComparer.Ordinal);
    private volatile string[] _lastActive = [];

    /// <inheritdoc/>
    public async ValueTask<ClusterView> ActiveAsync(CancellationToken cancellationToken)
    {
        // One round trip in the rule: the jobs that were there at the last call are asked for together with the list.
        var listing = RunAsync(_scripts.Active, [RedisKeys.Jobs, RedisKeys.Workers], [], cancellationToken);
        var views = _lastActive.ToDictionary(job => job, job => TryJobAsync(job, cancellationToken), StringComparer.Ordinal);
        await Task.WhenAll([listing, .. views.Values]);
        var reply = (RedisResult[])(await listing)!;
        var jobs = Array.ConvertAll(reply[1..], job => (string)job!);
        foreach (var job in jobs)
            if (!views.ContainsKey(job)) views.Add(job, TryJobAsync(job, cancellationToken));
        var found = await Task.WhenAll(jobs.Select(job => views[job]));
        _lastActive = jobs;
        // Another master may have ended them.
        foreach (var gone in views.Keys.Except(jobs)) Forget(gone);
        return new ClusterView((int)reply[0], [.. found.Select(job => job.View).OfType<JobView>().Where(view => view.EndedAt is null)])
        {
            Broken = [.. found.Select(job => job.Broken).OfType<BrokenJobException>()],
        };
    }

    private async Task<(JobView? View, BrokenJobException? Broken)> TryJobAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return (await JobAsync(jobId, cancellationToken), null);
        }
        catch (BrokenJobException broken)
        {
            return (null, broken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<JobView?> JobAsync(string jobId, CancellationToken cancellationToken)
    {
        var known = _boundaries.GetValueOrDefault(jobId);
        var reply = await RunAsync(_scripts.View, jobId, [known?.Version ?? ""], cancellationToken);
        if (reply.IsNull) return null;
        try
        {
            var view = new JobReply((RedisResult[])reply!);
            if (view.NewBoundaries is { } news) _boundaries[jobId] = known = news;
            return view.ToView(known);
        }
        catch (Exception nonsense)
        {
            throw RedisFailures.Broken(jobId, nonsense);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RunningView> RunningAsync(string jobId, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(_scripts.Running, jobId, [], cancellationToken);
        return reply.IsNull ? new RunningView(TimeSpan.Zero, []) : RunningReply.Read((RedisResult[])reply!);
    }

    /// <inheritdoc/>
    public async ValueTask<WinnersView> WinnersAsync(string jobId, int step, TaskKind kind, CancellationToken cancellationToken)
    {
        var winners = await WinnersAsync(jobId, TaskNames.Stage(step, kind), cancellationToken);
        return winners is null ? new WinnersView(0, false, []) : new WinnersView(winners.Version, winners.IsComplete, winners.Wins);
    }

    /// <inheritdoc/>
    public async ValueTask<JobResult?> ResultAsync(string jobId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = new ResultReply();
            do
            {
                if (await ReadAsync(result, SliceOfResult) is not { } isSame) return null;
                if (!isSame) break;
            }
            while (result.Cursor != "0");
            if (result.Cursor != "0" || !result.IsWhole) continue;
            // While every task is done, counters change only together with the winners.
            var counters = await CountersAsync(jobId, cancellationToken);
            if (await ReadAsync(result, slice: 0) is not { } isStill) return null;
            if (isStill && result.IsWhole) return new JobResult(result.Winners, counters);
        }

        async Task<bool?> ReadAsync(ResultReply result, int slice)
        {
            var reply = await RunAsync(_scripts.Result, jobId, [result.State, result.Cursor, slice], cancellationToken);
            return reply.IsNull ? null : result.Add((RedisResult[])reply!);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken)
    {
        var totals = await _runner.RunAsync("counters", database => database.HashGetAllAsync(RedisKeys.Counters(jobId)), cancellationToken);
        return totals.Where(total => (long)total.Value != 0).ToDictionary(total => (string)total.Name!, total => (long)total.Value);
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerView> EventsAsync(string jobId, long after, int max, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(_scripts.Events, jobId, [after, max, KeptEvents], cancellationToken);
        return reply.IsNull ? new LedgerView([], false) : LedgerReply.Read((RedisResult[])reply!, after);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskView>> TasksAsync(string jobId, int step, TaskKind kind, int start, int count, CancellationToken cancellationToken)
    {
        if (start < 0) return [];
        var reply = await RunAsync(_scripts.Tasks, jobId, [TaskNames.Stage(step, kind), start, Math.Max(0, count)], cancellationToken);
        return reply.IsNull ? [] : TasksReply.Read((RedisResult[])reply!, step, kind, start, count);
    }

    // A big stage is read slice by slice, so that nobody waits for long; when its winners change meanwhile, from the begin again,
    // and if they will not stand still, in one piece.
    private async ValueTask<WinnersReply?> WinnersAsync(string jobId, string stage, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var slice = attempt < 4 ? 256 : int.MaxValue / 64;
            var winners = default(WinnersReply);
            for (var bucket = 0; winners is null || bucket < winners.Buckets; bucket += slice)
            {
                var version = winners is null ? -1 : winners.Version;
                var reply = await RunAsync(_scripts.Winners, jobId, [stage, version, bucket, slice], cancellationToken);
                if (reply.IsNull) return null;
                winners = WinnersReply.Read((RedisResult[])reply!, winners);
                if (winners is null) break;
            }
            if (winners is not null) return winners;
        }
    }
}

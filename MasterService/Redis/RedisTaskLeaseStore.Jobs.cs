using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

public sealed partial class RedisTaskLeaseStore
{
    /// <inheritdoc/>
    public async ValueTask<bool> SubmitAsync(JobShape job, CancellationToken cancellationToken)
    {
        var known = await _runner.RunAsync("submit", database => database.HashGetAsync(RedisKeys.Job(job.JobId), ["fingerprint", "end"]), cancellationToken);
        if (!known[0].IsNull && known[0] != job.Fingerprint) return false;
        if (!known[1].IsNull) return true;
        // Listed before it exists, since a job that nobody lists would never run; and again, should the list have been cleaned in
        // between. One that is known is listed, too: the list lies in another slot, and may have been lost without it.
        await IndexAsync(job, cancellationToken);
        var answer = (int)await RunAsync(_scripts.Submit, job.JobId, [job.Fingerprint, ShapePack.Write(job), ShapePack.WritePlan(job)], cancellationToken);
        if (answer == 1) await IndexAsync(job, cancellationToken);
        return answer >= 0;
    }

    /// <inheritdoc/>
    public async ValueTask CancelAsync(string jobId, CancellationToken cancellationToken) =>
        await RunAsync(_scripts.Cancel, jobId, [], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask FinishAsync(string jobId, JobState state, string? error, CancellationToken cancellationToken)
    {
        if (await AskAsync(_scripts.Finish, jobId, [(int)state, new PackWriter().Text(error).ToArray()], cancellationToken))
            await SweepAsync(jobId, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ReapAnswer> ReapAsync(CancellationToken cancellationToken)
    {
        var look = (RedisResult[])(await RunAsync(
            _scripts.Guard, [RedisKeys.Guard, RedisKeys.Jobs, RedisKeys.Leases, RedisKeys.Workers, RedisKeys.Epoch], [RedisTime.Microseconds(DefaultLease)], cancellationToken))!;
        var (isChanged, isGrace) = ((int)look[0] == 1, (int)look[1] == 1);
        var (jobs, since) = ((string[])look[4]!, (RedisResult[])look[5]!);
        (int Expired, BrokenJobException? Broken)[] reaped = [];
        if (!isGrace)
        {
            RedisValue[] seen = [(string)look[2]!, (long)look[3]];
            reaped = await Task.WhenAll(jobs.Select((job, i) => TryReapAsync(job, seen, RedisTime.Span((long)look[3] - (long)since[i]), cancellationToken)));
        }
        return new ReapAnswer(isChanged, (string[])look[6]!, reaped.Sum(job => job.Expired)) { Broken = [.. reaped.Select(job => job.Broken).OfType<BrokenJobException>()] };
    }

    // What the guard saw is told but once: one job must not keep it from the caller.
    private async Task<(int Expired, BrokenJobException? Broken)> TryReapAsync(string jobId, RedisValue[] seen, TimeSpan listedFor, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReapAsync(jobId, seen, listedFor, cancellationToken), null);
        }
        catch (BrokenJobException broken)
        {
            return (0, broken);
        }
    }

    /// <returns>How many attempts of the job were given up.</returns>
    private async Task<int> ReapAsync(string jobId, RedisValue[] seen, TimeSpan listedFor, CancellationToken cancellationToken)
    {
        const int unknown = -2, ended = -3;
        var answer = (int)await RunAsync(_scripts.Reap, jobId, seen, cancellationToken);
        // A master died between the end of the job and its sweep.
        if (answer == ended) await SweepAsync(jobId, cancellationToken);
        // Listed, but never made: a master that is about to make it does so within seconds.
        else if (answer == unknown && listedFor > EndedJobsLast) await RetireAsync(jobId, cancellationToken);
        return Math.Max(0, answer);
    }

    private async Task SweepAsync(string jobId, CancellationToken cancellationToken)
    {
        var at = 0L;
        while (at >= 0) at = (long)await RunAsync(_scripts.Sweep, jobId, [at, (long)EndedJobsLast.TotalMilliseconds], cancellationToken);
        await RetireAsync(jobId, cancellationToken);
        Forget(jobId);
    }

    private void Forget(string jobId)
    {
        _counterNames.TryRemove(jobId, out _);
        _boundaries.TryRemove(jobId, out _);
    }

    private Task<RedisResult> IndexAsync(JobShape job, CancellationToken cancellationToken) =>
        RunAsync(_scripts.Index, [RedisKeys.Jobs, RedisKeys.Leases], [job.JobId, RedisTime.Microseconds(job.Lease)], cancellationToken);

    private Task<RedisResult> RetireAsync(string jobId, CancellationToken cancellationToken) =>
        RunAsync(_scripts.Retire, [RedisKeys.Jobs, RedisKeys.Leases], [jobId], cancellationToken);
}

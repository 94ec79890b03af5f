using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>
/// Whether what a store writes beside an invalidation is true: a worker that left or was silent for long enough, a reduce that
/// could not fetch, a proof of corruption, a file that is not there.
/// </summary>
/// <param name="world">Its clock, and told of a lie.</param>
/// <param name="departed">The workers that left, whichever server of the store was told: another may know it from that one.</param>
/// <param name="isThere">Whether the output file of an attempt is there.</param>
internal sealed class InvalidationReasons(VirtualWorld world, HashSet<string> departed, Func<string, TaskId, string, bool> isThere)
{
    private static readonly TimeSpan RegistrationLasts = TimeSpan.FromSeconds(30), Grace = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TimeSpan> _seen = [];
    private readonly HashSet<string> _lost = [];
    private readonly HashSet<(string JobId, int Map, string Token)> _notFetched = [], _corrupt = [];
    private TimeSpan _rebuiltAt;

    /// <summary>The store went back to what another one knew: workers that it does not hear of within the time of grace are lost.</summary>
    public void Rebuilt()
    {
        _seen.Clear();
        _rebuiltAt = world.Now;
    }

    public void Registered(string worker) => _seen[worker] = world.Now;

    /// <summary>For good: a worker's id dies with its process, though messages of it may come later still.</summary>
    public void Deregistered(string worker) => departed.Add(worker);

    /// <summary>The store calls workers lost; what a master does about it may come later, when they have registered again.</summary>
    public void Lost(IReadOnlyList<string> workers)
    {
        foreach (var worker in workers)
        {
            if (departed.Contains(worker) || _lost.Contains(worker)) continue;
            var silence = _seen.TryGetValue(worker, out var seen) ? world.Now - seen : (TimeSpan?)null;
            if (silence < RegistrationLasts || (silence is null && world.Now - _rebuiltAt < Grace)) world.Fail($"12: {worker} was called lost although it was not silent for long");
            _lost.Add(worker);
        }
    }

    public void Failing(LeaseRef lease, AttemptFailure failure)
    {
        foreach (var fetch in failure.FetchFailures ?? []) (fetch.Fault == FetchFault.Corrupt ? _corrupt : _notFetched).Add((lease.JobId, fetch.Map, fetch.Token));
    }

    /// <summary>Fails the simulation if an output was invalidated without a reason, or with one that is not true.</summary>
    public void Check(string jobId, AttemptEvent invalidated)
    {
        var (task, token) = (invalidated.Task, invalidated.Token);
        var isTrue = invalidated.Message switch
        {
            { } worker when worker.Contains("left or fell silent", StringComparison.Ordinal) => departed.Contains(invalidated.WorkerId) || _lost.Contains(invalidated.WorkerId),
            { } fetch when fetch.Contains("could not fetch it", StringComparison.Ordinal) => _notFetched.Contains((jobId, task.Index, token)),
            { } corrupt when corrupt.Contains("proved it corrupt", StringComparison.Ordinal) => _corrupt.Contains((jobId, task.Index, token)),
            { } missing when missing.Contains("is missing", StringComparison.Ordinal) => !isThere(jobId, task, token),
            _ => false,
        };
        if (!isTrue) world.Fail($"6: {task} {token} of {invalidated.WorkerId} was invalidated without a reason that is true: {invalidated.Message ?? "none"}");
    }
}

using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Leases;

/// <summary>Claims that wait for work. They end when the client goes away, and at once, without leases, when the master stops.</summary>
internal sealed class LongPolls(JobCoordinator coordinator, IHostApplicationLifetime lifetime)
{
    /// <summary>Longer waits are cut to this: connections that idle for longer are cut by what lies between.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken gone)
    {
        LeaseLimits.Check(max, items: 0);
        wait = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks));
        if (max == 0) return [];
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(gone, lifetime.ApplicationStopping);
        try
        {
            return await coordinator.ClaimAsync(workerId, max, wait, ends.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return [];
        }
    }
}

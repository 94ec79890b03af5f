using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>Somebody who submits a job, perhaps cancels it, and waits for its end, over the same faulty network.</summary>
internal sealed class SimUser(VirtualWorld world, Network network, JobSpec spec, string key, TimeSpan? cancelAt)
{
    private readonly Node _node = new(world, "user");

    public JobStatus? Final { get; private set; }

    /// <summary>The answer to the request to cancel; null when there was none.</summary>
    public CancelAnswer? Cancelled { get; private set; }

    public void Start() => _node.Start(RunAsync);

    private async Task RunAsync()
    {
        var jobId = await AskAsync("submit", master => master.SubmitAsync(spec, key, JobOrigin.Unknown, default));
        world.Log($"job {jobId} is submitted");
        if (cancelAt is { } at)
        {
            await WaitAsync(at - world.Now);
            Cancelled = await AskAsync("cancel", master => master.CancelAsync(jobId, default));
            world.Log($"cancel: {Cancelled}");
        }

        while (Final is null)
        {
            await WaitAsync(TimeSpan.FromSeconds(1));
            var status = await AskAsync("status", master => master.StatusAsync(jobId, default));
            if (status?.EndedAt is not null) Final = status;
        }

        world.Log($"job ended: {Final.State} {Final.Error}");
    }

    private async Task<T> AskAsync<T>(string what, Func<JobCoordinator, ValueTask<T>> ask)
    {
        while (true)
        {
            try
            {
                return await network.CallAsync(what, ask, default, CancellationToken.None);
            }
            catch (MasterUnavailableException)
            {
                await WaitAsync(TimeSpan.FromSeconds(0.5));
            }
        }
    }

    private Task WaitAsync(TimeSpan duration) =>
        MapReduce.Worker.Delay.ForAsync(duration > TimeSpan.Zero ? duration : TimeSpan.Zero, _node.Time, CancellationToken.None);
}

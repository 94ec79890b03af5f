using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Worker;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>Somebody who submits a job, perhaps cancels it, and waits for its end, over the same faulty network.</summary>
/// <param name="world">The world.</param>
/// <param name="name">The user.</param>
/// <param name="network">How masters are reached.</param>
/// <param name="job">What is submitted.</param>
/// <param name="waitsFor">The user whose job must have ended before; null for nobody.</param>
/// <param name="cancelAt">When it is cancelled; null for never.</param>
internal sealed class SimUser(VirtualWorld world, string name, Network network, SimJob job, SimUser? waitsFor, TimeSpan? cancelAt)
{
    private readonly Node _node = new(world, name);

    public SimJob Job => job;

    /// <summary>How the job ended, by the first answer that said so.</summary>
    public JobStatus? Final { get; private set; }

    /// <summary>Why the job was refused; null when it was not.</summary>
    public JobRejectedException? Refused { get; private set; }

    /// <summary>The answer to the request to cancel; null when there was none.</summary>
    public CancelAnswer? Cancelled { get; private set; }

    public bool IsDone => Final is not null || Refused is not null;

    public void Start() => _node.Start(RunAsync);

    private async Task RunAsync()
    {
        while (waitsFor is { IsDone: false }) await WaitAsync(TimeSpan.FromSeconds(1));
        try
        {
            await AskAsync("submit", master => master.SubmitAsync(job.Spec, job.Key, JobOrigin.Unknown, default));
        }
        catch (JobRejectedException refused)
        {
            world.Log($"{job.Name} is refused: {refused.Message}");
            Refused = refused;
            return;
        }

        world.Log($"{job.Name} is submitted");
        if (cancelAt is { } at)
        {
            await WaitAsync(at - world.Now);
            Cancelled = await AskAsync("cancel", master => master.CancelAsync(job.Id, default));
            world.Log($"cancel: {Cancelled}");
        }

        while (true)
        {
            // Whose job takes long looks less often.
            await WaitAsync(world.Between(0.5, 4 + (world.Now.TotalSeconds / 8)));
            Compare(await AskAsync("status", master => master.StatusAsync(job.Id, default)));
            if (world.Chance(0.05)) await BrowseAsync();
        }
    }

    // What pages ask for must harm nothing, whenever it is asked.
    private async Task BrowseAsync()
    {
        await AskAsync("jobs", master => master.JobsAsync(new JobFilter(), default));
        await AskAsync("tasks", master => master.TasksAsync(job.Id, new TaskFilter(), default));
        await AskAsync("events", master => master.EventsAsync(job.Id, 0, 10, default));
        await AskAsync("workers", master => master.WorkersAsync(default));
    }

    // Whatever master is asked, and however often: a job ends once.
    private void Compare(JobStatus? status)
    {
        if (status is null) world.Fail($"{job.Name} is not known any more");
        if (Final is not null && (status!.State != Final.State || status.EndedAt != Final.EndedAt)) world.Fail($"16: {job.Name} ended as {Final.State} and then as {status.State}");
        if (Final is not null || status?.EndedAt is null) return;
        Final = status;
        world.Log($"{job.Name} ended: {Final.State} {Final.Error}");
    }

    private async Task<T> AskAsync<T>(string what, Func<JobCoordinator, ValueTask<T>> ask)
    {
        while (true)
        {
            try
            {
                return await network.CallAsync(_node, what, master => ask(master.Coordinator), default, CancellationToken.None);
            }
            catch (MasterUnavailableException)
            {
                await WaitAsync(TimeSpan.FromSeconds(0.5));
            }
        }
    }

    private Wait WaitAsync(TimeSpan duration) => new(_node, duration > TimeSpan.Zero ? duration : TimeSpan.Zero);
}

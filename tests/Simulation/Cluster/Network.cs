using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// Carries calls from workers and clients to masters: late, sometimes twice, sometimes not at all, sometimes without the
/// answer. A caller that hears nothing gets <see cref="MasterUnavailableException"/> after a time, as over HTTP.
/// </summary>
internal sealed class Network(VirtualWorld world, FaultProfile faults, Func<SimMaster?> anyMaster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="what">The call, for the trace.</param>
    /// <param name="handle">Runs on the master's node.</param>
    /// <param name="mayWait">How long the master may take to answer by its nature (a long poll).</param>
    /// <param name="cancellationToken">Ends the wait for the answer; the master is not told.</param>
    public async Task<T> CallAsync<T>(string what, Func<JobCoordinator, ValueTask<T>> handle, TimeSpan mayWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new Call<T>(what, handle);
        using var cancelled = cancellationToken.UnsafeRegister(static (call, token) => ((Call<T>)call!).Answer.TrySetCanceled(token), call);
        Send(call);
        if (world.Chance(faults.Duplicate)) SendAgain(call);
        world.After(Patience + mayWait, () => call.GiveUp("no answer"));
        return await call.Answer.Task;
    }

    private void Send<T>(Call<T> call)
    {
        if (world.Chance(faults.Drop)) world.Log($"network drops {call.What}");
        else world.After(Latency(), () => Deliver(call));
    }

    // The second copy may be very late: the lease that it speaks of is long gone.
    private void SendAgain<T>(Call<T> call)
    {
        var delay = world.Between(0, world.Chance(0.3) ? 40 : 1);
        world.After(delay, () =>
        {
            world.Log($"network repeats {call.What}");
            Deliver(call);
        });
    }

    private void Deliver<T>(Call<T> call)
    {
        if (anyMaster() is not { } master)
        {
            call.GiveUp("no master");
            return;
        }

        master.Node.Start(() => HandleAsync(master, call));
    }

    private async Task HandleAsync<T>(SimMaster master, Call<T> call)
    {
        try
        {
            var answer = await call.Handle(master.Coordinator);
            Reply(call, () => call.Answer.TrySetResult(answer));
        }
        catch (Exception error) when (error is MasterUnavailableException or JobRejectedException or IOException)
        {
            Reply(call, () => call.Answer.TrySetException(error is IOException ? new MasterUnavailableException(error.Message, error) : error));
        }
    }

    private void Reply<T>(Call<T> call, Action reply)
    {
        if (world.Chance(faults.Drop)) world.Log($"network drops the answer to {call.What}");
        else world.After(Latency(), reply);
    }

    private TimeSpan Latency() => world.Between(0.0002, world.Chance(0.02) ? 3 : 0.005);

    private sealed record Call<T>(string What, Func<JobCoordinator, ValueTask<T>> Handle)
    {
        public TaskCompletionSource<T> Answer { get; } = new();

        public void GiveUp(string why) => Answer.TrySetException(new MasterUnavailableException($"{What}: {why}"));
    }
}

using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// Carries calls from workers and clients to masters: late, sometimes twice, sometimes not at all, sometimes without the
/// answer. A caller that hears nothing gets <see cref="MasterUnavailableException"/> after a time, as over HTTP.
/// </summary>
internal sealed class Network(VirtualWorld world, FaultProfile faults, Func<SimMaster?> anyMaster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<(Node Node, Way Way)> _cut = [];

    /// <summary>Cuts one way of a node's link for a while: with the other still open, one side believes that all is well.</summary>
    public void Cut(Node node, Way way, TimeSpan lasts)
    {
        if (!_cut.Add((node, way))) return;
        world.Log($"network cuts {way} of {node.Name} for {lasts.TotalSeconds:F1} s");
        world.Later(lasts, () => _cut.Remove((node, way)));
    }

    public bool IsCut(Node node, Way way) => _cut.Contains((node, way));

    /// <param name="from">Who calls.</param>
    /// <param name="what">The call, for the trace.</param>
    /// <param name="handle">Runs on the master's node.</param>
    /// <param name="mayWait">How long the master may take to answer by its nature (a long poll).</param>
    /// <param name="cancellationToken">Ends the wait for the answer; the master is not told.</param>
    public async Task<T> CallAsync<T>(Node from, string what, Func<SimMaster, ValueTask<T>> handle, TimeSpan mayWait, CancellationToken cancellationToken)
    {
        // Code that runs on after its node died in the middle of a step must not be heard by others.
        if (from.IsDead) throw new NodeDiedException();
        cancellationToken.ThrowIfCancellationRequested();
        var call = new Call<T>(from, what, handle);
        using var cancelled = cancellationToken.UnsafeRegister(static (call, token) => ((Call<T>)call!).Answer.TrySetCanceled(token), call);
        using var patience = from.Time.CreateTimer(static call => ((Call<T>)call!).GiveUp("no answer"), call, Patience + mayWait, Timeout.InfiniteTimeSpan);
        Send(call);
        if (world.Chance(faults.Duplicate)) SendAgain(call);
        return await call.Answer.Task;
    }

    private void Send<T>(Call<T> call)
    {
        if (IsLost(call.From, Way.Requests)) world.Log($"network drops {call.What} of {call.From.Name}");
        else world.After(Latency(), () => Deliver(call));
    }

    // The second copy may be very late: the lease that it speaks of is long gone.
    private void SendAgain<T>(Call<T> call)
    {
        var delay = world.Between(0, world.Chance(0.3) ? 40 : 1);
        world.Later(delay, () =>
        {
            world.Log($"network repeats {call.What} of {call.From.Name}");
            Deliver(call);
        });
    }

    private void Deliver<T>(Call<T> call)
    {
        if (anyMaster() is { } master) master.Node.Start(() => HandleAsync(master, call));
        else call.GiveUp("no master");
    }

    private async Task HandleAsync<T>(SimMaster master, Call<T> call)
    {
        try
        {
            var answer = await call.Handle(master);
            Reply(call, () => call.Answer.TrySetResult(answer));
        }
        catch (Exception error) when (error is MasterUnavailableException or JobRejectedException)
        {
            Reply(call, () => call.Answer.TrySetException(error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Reply(call, () => call.GiveUp(error.Message));
        }
    }

    private void Reply<T>(Call<T> call, Action reply)
    {
        if (IsLost(call.From, Way.Answers)) world.Log($"network drops the answer to {call.What} of {call.From.Name}");
        else world.After(Latency(), reply);
    }

    private bool IsLost(Node caller, Way way)
    {
        if (!IsCut(caller, way) && !world.Chance(faults.Drop)) return false;
        world.Disturb();
        return true;
    }

    private TimeSpan Latency() => world.Between(0.0002, world.Chance(faults.Late) ? 3 : 0.005);

    private sealed class Call<T>(Node from, string what, Func<SimMaster, ValueTask<T>> handle)
    {
        public Node From => from;

        public string What => what;

        public Func<SimMaster, ValueTask<T>> Handle => handle;

        public TaskCompletionSource<T> Answer { get; } = new();

        public void GiveUp(string why) => Answer.TrySetException(new MasterUnavailableException($"{what}: {why}"));
    }
}

/// <summary>What a link carries, and may carry no more.</summary>
internal enum Way
{
    Requests,
    Answers,

    /// <summary>What other workers ask of a worker's map outputs.</summary>
    Fetches,
}

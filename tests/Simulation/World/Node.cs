namespace Simulation.World;

/// <summary>
/// A machine: its synchronization context brings every continuation of its code back to the world's queue. A dead node's
/// work is dropped, a paused one's is held, as if its process were stopped by a signal.
/// </summary>
internal sealed class Node : SynchronizationContext
{
    private readonly VirtualWorld _world;
    private readonly List<WorkItem> _held = [];

    public Node(VirtualWorld world, string name, ClockSkew skew = default)
    {
        _world = world;
        Name = name;
        Time = new NodeTime(world, this, skew);
    }

    public string Name { get; }

    public TimeProvider Time { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Called once, when the node dies.</summary>
    public Action? Died { get; set; }

    /// <summary>Runs a program on this node. If it ends with an exception while the node lives, the simulation fails.</summary>
    public void Start(Func<Task> program) => Post(_ => _ = WatchAsync(program), null);

    public void Kill()
    {
        if (IsDead) return;
        _world.Log($"{Name} dies");
        IsDead = true;
        _held.Clear();
        Died?.Invoke();
    }

    /// <summary>Called at each fail-point that the node comes to: may kill it, or stop it there for a while.</summary>
    public Action<FailPoint, Moment>? AtFailPoint { get; set; }

    /// <summary>Does something to the node in the middle of what it does, at one of the next fail-points that it comes to.</summary>
    /// <param name="count">At which of them.</param>
    /// <param name="strike">What is done.</param>
    /// <param name="counts">Whether a fail-point counts; null when all do.</param>
    public void AfterFailPoints(int count, Action strike, Func<FailPoint, Moment, bool>? counts = null) => AtFailPoint = (point, moment) =>
    {
        if (counts?.Invoke(point, moment) == false || --count > 0) return;
        AtFailPoint = null;
        strike();
    };

    /// <summary>The node comes to a fail-point.</summary>
    /// <exception cref="NodeDiedException">The node is dead, or dies here.</exception>
    public void Reach(FailPoint point, Moment moment)
    {
        if (!IsDead)
        {
            _world.Reached[(2 * (int)point) + (int)moment] = true;
            AtFailPoint?.Invoke(point, moment);
        }

        if (IsDead) throw new NodeDiedException();
    }

    public void PauseFor(TimeSpan duration)
    {
        if (IsDead || IsPaused) return;
        _world.Log($"{Name} pauses for {duration.TotalSeconds:F1} s");
        IsPaused = true;
        _world.Later(duration, Resume);
    }

    /// <summary>
    /// Stops the whole process, or only the thread that calls, where it is, in the midst of code that awaits nothing. The world
    /// goes on meanwhile, within this call.
    /// </summary>
    public void StallFor(TimeSpan duration, bool isWholeProcess)
    {
        if (isWholeProcess) PauseFor(duration);
        else _world.Log($"a thread of {Name} blocks for {duration.TotalSeconds:F1} s");
        var isOver = false;
        _world.Later(duration, () => isOver = true);
        _world.Run(() => isOver || IsDead, TimeSpan.MaxValue);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsDead) _world.Enqueue(new WorkItem(this, d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing may block in a simulation.");

    public override SynchronizationContext CreateCopy() => this;

    public void Execute(WorkItem item)
    {
        if (IsDead) return;
        if (IsPaused)
        {
            _held.Add(item);
            return;
        }

        SetSynchronizationContext(this);
        try
        {
            item.Callback(item.State);
        }
        catch (NodeDiedException) when (IsDead)
        {
        }
    }

    private void Resume()
    {
        if (IsDead) return;
        _world.Log($"{Name} resumes");
        IsPaused = false;
        foreach (var item in _held) _world.Enqueue(item);
        _held.Clear();
    }

    private async Task WatchAsync(Func<Task> program)
    {
        try
        {
            await program();
        }
        catch (Exception error)
        {
            if (!IsDead) _world.Fail($"{Name} ended with {error}");
        }
    }
}

/// <summary>Unwinds the stack of a node that died.</summary>
internal sealed class NodeDiedException : Exception;

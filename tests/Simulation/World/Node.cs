namespace Simulation.World;

/// <summary>
/// A machine: its synchronization context brings every continuation of its code back to the world's queue. A dead node's
/// work is dropped, a paused one's is held, as if its process were stopped by a signal.
/// </summary>
internal sealed class Node : SynchronizationContext
{
    private readonly VirtualWorld _world;
    private readonly List<WorkItem> _held = [];
    private int _diskOperationsLeft = int.MaxValue;

    public Node(VirtualWorld world, string name)
    {
        _world = world;
        Name = name;
        Time = new NodeTime(world, this);
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

    /// <summary>Makes the node die in the middle of what it does, at one of its next operations on the disk.</summary>
    public void KillAtDiskOperation(int count) => _diskOperationsLeft = count;

    public void PauseFor(TimeSpan duration)
    {
        if (IsDead || IsPaused) return;
        _world.Log($"{Name} pauses for {duration.TotalSeconds:F1} s");
        IsPaused = true;
        _world.After(duration, Resume);
    }

    /// <summary>Asked at each fail-point that the node comes to whether it dies there; default: never.</summary>
    public Func<FailPoint, Moment, bool> DiesAt { get; set; } = (_, _) => false;

    /// <summary>The node comes to a fail-point.</summary>
    /// <exception cref="NodeDiedException">The node is dead, or dies here.</exception>
    public void Reach(FailPoint point, Moment moment)
    {
        if (!IsDead && DiesAt(point, moment)) Kill();
        if (IsDead) throw new NodeDiedException();
    }

    /// <summary>Counts an operation on the disk.</summary>
    /// <exception cref="NodeDiedException">The node is dead, or dies here.</exception>
    public void TouchDisk()
    {
        if (--_diskOperationsLeft <= 0) Kill();
        if (IsDead) throw new NodeDiedException();
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

namespace Simulation.World;

/// <summary>
/// One thread, one virtual clock, one seed. All that nodes do comes here as work items; the seed picks which of those that
/// are ready runs next, and time jumps to the next timer when none is. The same seed gives the same run.
/// </summary>
internal sealed class VirtualWorld
{
    private readonly PriorityQueue<TimerTicket, (long Due, long Sequence)> _timers = new();
    private readonly List<WorkItem> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _sequence;

    public VirtualWorld(int seed)
    {
        Random = new Random(seed);
        Outside = new Node(this, "world");
    }

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Random Random { get; }

    /// <summary>The node of what belongs to no machine: faults, the network.</summary>
    public Node Outside { get; }

    public TimeSpan Now { get; private set; }

    public int Steps { get; private set; }

    public Trace Trace { get; } = new();

    /// <summary>The first thing that went wrong; the run stops there.</summary>
    public string? Failure { get; private set; }

    public void Fail(string what)
    {
        if (Failure is not null) return;
        Failure = what;
        Log("FAILURE " + what);
    }

    public void Log(string line) => Trace.Add(Now, line);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(double fromSeconds, double toSeconds) => TimeSpan.FromSeconds(fromSeconds + (Random.NextDouble() * (toSeconds - fromSeconds)));

    /// <summary>Runs until a condition holds, something failed, or virtual time is up.</summary>
    /// <returns>True when the condition holds.</returns>
    public bool Run(Func<bool> until, TimeSpan limit)
    {
        var before = SynchronizationContext.Current;
        try
        {
            while (Failure is null && !until())
            {
                if (Now > limit || !Step()) return false;
            }

            return Failure is null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public void After(TimeSpan delay, Action action) =>
        Schedule(new VirtualTimer(this, Outside, _ => action(), null), delay);

    public void Enqueue(WorkItem item)
    {
        if (Environment.CurrentManagedThreadId != _thread) Fail($"work of {item.Node.Name} came from another thread: {Environment.StackTrace}");
        else _ready.Add(item);
    }

    public void Schedule(VirtualTimer timer, TimeSpan delay)
    {
        timer.Generation++;
        _timers.Enqueue(timer.Ticket(), ((Now + delay).Ticks, _sequence++));
    }

    private bool Step()
    {
        if (_ready.Count == 0) return AdvanceToNextTimer();
        var index = Random.Next(_ready.Count);
        var item = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Steps++;
        item.Node.Execute(item);
        return true;
    }

    private bool AdvanceToNextTimer()
    {
        while (_timers.TryDequeue(out var ticket, out var at))
        {
            if (!ticket.IsCurrent) continue;
            Now = TimeSpan.FromTicks(Math.Max(at.Due, Now.Ticks));
            ticket.Timer.Fire();
            return true;
        }

        return false;
    }
}

/// <summary>Something that a node does without waiting.</summary>
internal readonly record struct WorkItem(Node Node, SendOrPostCallback Callback, object? State);

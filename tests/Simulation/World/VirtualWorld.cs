using System.Runtime.CompilerServices;

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
    private TimeSpan _disturbedAt = TimeSpan.MinValue;

    /// <param name="seed">Decides everything.</param>
    /// <param name="isTraced">True to keep a trace; the run is the same without.</param>
    public VirtualWorld(int seed, bool isTraced = false)
    {
        Random = new Random(seed);
        Trace = new Trace(isTraced);
        Outside = new Node(this, "world");
    }

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Random Random { get; }

    /// <summary>The node of what belongs to no machine: faults, the network.</summary>
    public Node Outside { get; }

    public TimeSpan Now { get; private set; }

    public int Steps { get; private set; }

    public Trace Trace { get; }

    /// <summary>The fail-points that some node came to, by their numbers, twice: before and after.</summary>
    public System.Collections.BitArray Reached { get; } = new(2 * Enum.GetValues<FailPoint>().Length);

    /// <summary>What is still to come of faults that were begun: nodes to resume, late messages, a disk to be freed.</summary>
    public int Pending { get; private set; }

    /// <summary>When a fault last was under way: from then on all parts of the system hear one another.</summary>
    public TimeSpan DisturbedAt => Pending > 0 ? Now : _disturbedAt;

    /// <summary>A fault that is over at once.</summary>
    public void Disturb() => _disturbedAt = Now;

    /// <summary>The first thing that went wrong; the run stops there.</summary>
    public string? Failure { get; private set; }

    public void Fail(string what)
    {
        if (Failure is not null) return;
        Failure = what;
        Log($"FAILURE {what}");
    }

    public void Log([InterpolatedStringHandlerArgument("")] TraceLine line)
    {
        if (Trace.IsOn) Trace.Add(Now, line.ToString());
    }

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
        Schedule(new VirtualTimer(this, Outside, static action => ((Action)action!)(), action), delay);

    /// <summary>The end of a fault: the world is not quiet before it.</summary>
    public void Later(TimeSpan delay, Action action)
    {
        Pending++;
        After(delay, () =>
        {
            Pending--;
            Disturb();
            action();
        });
    }

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

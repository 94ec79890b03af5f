namespace Simulation.World;

/// <summary>A timer of a node, by that node's clock. Rescheduling or disposing it makes earlier tickets in the queue void.</summary>
internal sealed class VirtualTimer(VirtualWorld world, Node node, TimerCallback callback, object? state, double pace = 1) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public long Generation { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan) Generation++;
        else Schedule(dueTime);
        return true;
    }

    public TimerTicket Ticket() => new(this, Generation);

    public void Fire()
    {
        node.Post(static timer => ((VirtualTimer)timer!).Call(), this);
        if (_period > TimeSpan.Zero) Schedule(_period);
    }

    public void Dispose() => Generation++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    // One tick more than the quotient: the node's clock must have come to the time that it asked for.
    private void Schedule(TimeSpan dueTime) => world.Schedule(this, pace == 1 ? dueTime : new TimeSpan((long)(dueTime.Ticks / pace) + 1));

    private void Call() => callback(state);
}

/// <summary>One appointment of a timer.</summary>
internal readonly record struct TimerTicket(VirtualTimer Timer, long Generation)
{
    public bool IsCurrent => Timer.Generation == Generation;
}

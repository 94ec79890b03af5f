namespace Simulation.World;

/// <summary>A timer of a node. Rescheduling or disposing it makes earlier tickets in the queue void.</summary>
internal sealed class VirtualTimer(VirtualWorld world, Node node, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public long Generation { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan) Generation++;
        else world.Schedule(this, dueTime);
        return true;
    }

    public TimerTicket Ticket() => new(this, Generation);

    public void Fire()
    {
        node.Post(_ => callback(state), null);
        if (_period > TimeSpan.Zero) world.Schedule(this, _period);
    }

    public void Dispose() => Generation++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}

/// <summary>One appointment of a timer.</summary>
internal readonly record struct TimerTicket(VirtualTimer Timer, long Generation)
{
    public bool IsCurrent => Timer.Generation == Generation;
}

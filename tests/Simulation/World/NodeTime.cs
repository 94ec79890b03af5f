namespace Simulation.World;

/// <summary>The world's clock; its timers fire on their node.</summary>
internal sealed class NodeTime(VirtualWorld world, Node node) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => VirtualWorld.Start + world.Now;

    public override long GetTimestamp() => world.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(world, node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

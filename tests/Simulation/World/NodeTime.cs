namespace Simulation.World;

/// <summary>A machine's clock: the world's, set wrong and running at its own pace; its timers fire on their node.</summary>
internal sealed class NodeTime(VirtualWorld world, Node node, ClockSkew skew) : TimeProvider
{
    private readonly double _pace = 1 + skew.Drift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => VirtualWorld.Start + skew.Offset + new TimeSpan(GetTimestamp());

    public override long GetTimestamp() => (long)(world.Now.Ticks * _pace);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(world, node, callback, state, _pace);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>How a clock is wrong.</summary>
/// <param name="Offset">What is added to the true date.</param>
/// <param name="Drift">How much faster than true time it runs: 0.01 gains a second in a hundred.</param>
internal readonly record struct ClockSkew(TimeSpan Offset, double Drift);

using MapReduce.Scheduling;
using Simulation.Checks;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>One server of the lease store, with a clock of its own, and the books that are kept on it.</summary>
internal sealed class StoreReplica
{
    public StoreReplica(VirtualWorld world, string name, TimeSpan offset, Func<InMemoryTaskLeaseStore, StoreBooks> books)
    {
        Name = name;
        Store = new InMemoryTaskLeaseStore(new Clock(world, offset));
        Books = books(Store);
    }

    public string Name { get; }

    public InMemoryTaskLeaseStore Store { get; }

    public StoreBooks Books { get; }

    // Its date is wrong, and so are its timestamps from the first tick of the world on: what it takes over from another
    // server is dated by that one's clock, as in Redis.
    private sealed class Clock(VirtualWorld world, TimeSpan offset) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => VirtualWorld.Start + new TimeSpan(GetTimestamp());

        public override long GetTimestamp() => world.Now == TimeSpan.Zero ? 0 : (world.Now + offset).Ticks;
    }
}

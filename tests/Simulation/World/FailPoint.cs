namespace Simulation.World;

/// <summary>Where a process may be killed: a call of the lease store, or an operation on a file by the part that the file plays.</summary>
internal enum FailPoint
{
    StoreSubmit,
}

/// <summary>On which side of what a fail-point names the process dies.</summary>
internal enum Moment
{
    Before,
    After,
}

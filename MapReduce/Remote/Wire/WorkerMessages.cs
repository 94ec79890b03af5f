using MapReduce.Scheduling;

namespace MapReduce.Remote.Wire;

/// <summary>The workers.</summary>
/// <param name="Workers">The registered ones, and the lost ones that were not forgotten yet.</param>
public sealed record WorkerListMessage(IReadOnlyList<WorkerView> Workers);

using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>Where all map outputs of a step lie.</summary>
/// <param name="Version">Of the winners; other winners never have the same one.</param>
/// <param name="Outputs">By map index.</param>
/// <param name="Workers">Those that the outputs name and the master knows. One that is missing cannot be reached.</param>
public sealed record MapOutputsView(long Version, IReadOnlyList<MapOutputLocation> Outputs, IReadOnlyList<WorkerRegistration> Workers);

using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>Where all map outputs of a step lie.</summary>
/// <param name="Version">Of the winners of the maps.</param>
/// <param name="Workers">The workers that hold at least one; those that are no longer registered are left out.</param>
/// <param name="Locations">By map index.</param>
public sealed record MapOutputsTable(long Version, IReadOnlyList<WorkerRegistration> Workers, IReadOnlyList<MapOutputLocation> Locations)
{
    /// <summary>The media type in which it travels.</summary>
    public const string ContentType = "application/octet-stream";
}

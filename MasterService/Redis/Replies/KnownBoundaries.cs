namespace MapReduce.MasterService.Redis.Replies;

/// <summary>The range boundaries that one winner of a sampling task found.</summary>
/// <param name="Version">The step and the version of the sample's winners.</param>
/// <param name="Boundaries">What it found; null when it left none.</param>
internal sealed record KnownBoundaries(string Version, byte[]? Boundaries);

namespace MapReduce.AppHost.Portable;

/// <summary>What the launcher is asked to start.</summary>
/// <param name="Workers">Worker processes, 0 or more.</param>
/// <param name="Slots">Tasks that each worker runs at a time, 1 or more.</param>
/// <param name="Port">Port of the master; 0 takes a free one, null 5080 or, when that is taken, a free one.</param>
/// <param name="Redis"><c>auto</c>, <c>none</c>, the path of a <c>redis-server</c>, or a connection string.</param>
/// <param name="DataFolder">Absolute path of the folder in which everything lies.</param>
/// <param name="OtlpEndpoint">Where the services send telemetry; null for nowhere.</param>
internal sealed record LauncherOptions(int Workers, int Slots, int? Port, string Redis, string DataFolder, Uri? OtlpEndpoint);

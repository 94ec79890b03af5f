namespace MapReduce.Remote.Wire;

/// <summary>Asks which of some files the cluster lacks. Those that it has are kept for another day.</summary>
/// <param name="Files">Their SHA-256, 64 hexadecimal digits in lower case each.</param>
public sealed record FilesMessage(IReadOnlyList<string> Files);

/// <summary>The files that must be sent before a job may name them.</summary>
/// <param name="Missing">Their SHA-256.</param>
public sealed record MissingFilesReply(IReadOnlyList<string> Missing);

namespace MapReduce.Streaming;

/// <summary>A mapper, combiner or reducer that is a program of its own failed.</summary>
internal sealed class ProcessFailedException(string message) : Exception(message);

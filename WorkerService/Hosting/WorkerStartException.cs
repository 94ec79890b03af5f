namespace MapReduce.WorkerService.Hosting;

/// <summary>A worker cannot start. The message says what its operator can put right.</summary>
internal sealed class WorkerStartException(string message, Exception? inner = null) : Exception(message, inner);

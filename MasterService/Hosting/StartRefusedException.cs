namespace MapReduce.MasterService.Hosting;

/// <summary>The master must not start beside what it found; the message says what to change.</summary>
public sealed class StartRefusedException(string message) : Exception(message);

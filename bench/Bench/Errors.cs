namespace Bench;

/// <summary>A program failed or gave a wrong answer; the message says which and what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary>The command line is wrong.</summary>
internal sealed class UsageException(string message) : Exception(message);

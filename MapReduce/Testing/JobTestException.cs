namespace MapReduce.Testing;

/// <summary>A job failed in a test, or its output depends on what it must not depend on. The message says which, and shows the difference.</summary>
public sealed class JobTestException : Exception
{
    internal JobTestException(string message) : base(message) { }
}

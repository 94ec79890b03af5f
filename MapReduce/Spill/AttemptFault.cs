using System.Runtime.ExceptionServices;

namespace MapReduce.Spill;

/// <summary>
/// The first failure of the engine itself in an attempt, such as a full disk. User code calls the engine (Emit, Write, the next
/// value), and may catch what it throws or wrap it: the attempt must fail all the same, and for the right reason.
/// </summary>
internal sealed class AttemptFault
{
    // Captured once: thrown again and again from user code that catches it, the trace would grow each time.
    private ExceptionDispatchInfo? _first;

    /// <summary>The failure, or null.</summary>
    public Exception? First => _first?.SourceException;

    /// <summary>Remembers a failure. A condition for <c>when</c>, always false, so that the exception goes on as it is.</summary>
    public bool Note(Exception error)
    {
        _first ??= ExceptionDispatchInfo.Capture(error);
        return false;
    }

    /// <summary>Throws the failure again, if there was one.</summary>
    public void Rethrow() => _first?.Throw();
}

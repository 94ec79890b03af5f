namespace MapReduce.Remote;

/// <summary>The master understood the call and refuses it: calling again cannot help.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What was refused, why, and what to do.</param>
/// <param name="reasons">Every reason; empty when there is but the message.</param>
public sealed class MasterRefusedException(int status, string message, IReadOnlyList<string> reasons) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Every reason, where the master gave several; may be empty.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}

namespace MapReduce.Protocol;

/// <summary>A job cannot start. Carries every reason at once, each with its remedy.</summary>
/// <param name="reasons">At least one.</param>
/// <param name="isConflict">True when the job itself is in order, but something else has taken its place: its output, its key.</param>
public sealed class JobRejectedException(IReadOnlyList<string> reasons, bool isConflict = false) : Exception(string.Join(Environment.NewLine, reasons))
{
    /// <summary>The reasons, at least one.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;

    /// <summary>True when the same job could start elsewhere or later: its output or its idempotency key is taken.</summary>
    public bool IsConflict { get; } = isConflict;
}

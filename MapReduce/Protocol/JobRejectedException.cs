namespace MapReduce.Protocol;

/// <summary>A job cannot start. Carries every reason at once, each with its remedy.</summary>
public sealed class JobRejectedException(IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    /// <summary>The reasons, at least one.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}

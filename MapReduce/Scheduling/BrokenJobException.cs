namespace MapReduce.Scheduling;

/// <summary>What the lease store holds of a job makes no sense. No other job is concerned.</summary>
/// <param name="jobId">The job.</param>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">How it showed.</param>
public sealed class BrokenJobException(string jobId, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The job.</summary>
    public string JobId { get; } = jobId;
}

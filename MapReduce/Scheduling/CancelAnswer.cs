namespace MapReduce.Scheduling;

/// <summary>The answer to a request to cancel a job.</summary>
public enum CancelAnswer
{
    /// <summary>The job ends as cancelled: now, or it did before.</summary>
    Cancelled,

    /// <summary>Its outcome is decided already, and another one.</summary>
    TooLate,

    /// <summary>There is no such job.</summary>
    Unknown,
}

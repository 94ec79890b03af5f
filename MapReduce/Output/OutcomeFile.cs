namespace MapReduce.Output;

/// <summary>The one decision on how a job ends: published once, for ever; whoever comes second reads and obeys.</summary>
internal sealed class OutcomeFile(JobFolder jobs)
{
    private const string Name = "outcome";

    /// <summary>The outcome, durable by now; null while there is none.</summary>
    public JobOutcome? Read(string jobId) => jobs.TryReadDurable(jobId, Name) is { } bytes ? OutcomeJson.Read(bytes) : null;

    public JobOutcome Publish(string jobId, JobOutcome outcome)
    {
        jobs.Publish(jobId, Name, OutcomeJson.Write(outcome));
        return Read(jobId) ?? throw new IOException($"The outcome of job {jobId} vanished after it was published: do not delete files of the data folder while masters run.");
    }
}

namespace MapReduce.Output;

/// <summary>The one decision on how a job ends: published once, for ever; whoever comes second reads and obeys.</summary>
internal sealed class OutcomeFile(JobFolder jobs)
{
    private const string Name = "outcome";

    public JobOutcome? Read(string jobId)
    {
        var bytes = jobs.TryRead(jobId, Name);
        return bytes is null ? null : OutcomeJson.Read(bytes);
    }

    public JobOutcome Publish(string jobId, JobOutcome outcome)
    {
        jobs.Publish(jobId, Name, OutcomeJson.Write(outcome));
        return Read(jobId) ?? throw new IOException($"The outcome of job {jobId} vanished after it was published: do not delete files of the data folder while masters run.");
    }
}

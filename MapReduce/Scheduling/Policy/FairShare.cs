namespace MapReduce.Scheduling.Policy;

/// <summary>Whose turn it is: the job with the fewest running attempts for its weight, ties by submit time. Nothing is preempted.</summary>
internal static class FairShare
{
    /// <summary>The candidate whose turn it is; null when there is none. Candidates stand in submit order.</summary>
    public static Candidate? Next(List<Candidate> candidates) =>
        candidates.Count == 0 ? null : candidates.MinBy(candidate => (double)candidate.Running / candidate.Job.Shape.Priority);

    /// <summary>A job that may have work for a worker.</summary>
    /// <param name="job">As it stood when the claim began.</param>
    public sealed class Candidate(JobView job)
    {
        public JobView Job => job;

        /// <summary>Attempts that run, with those that this claim has added.</summary>
        public int Running { get; set; } = job.Running;
    }
}

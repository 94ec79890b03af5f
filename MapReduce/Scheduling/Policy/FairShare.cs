namespace MapReduce.Scheduling.Policy;

/// <summary>Whose turn it is: the job with the fewest running attempts for its weight. Nothing is preempted.</summary>
internal static class FairShare
{
    /// <summary>Hands out so many tasks, each to the candidate whose turn it is then.</summary>
    /// <param name="candidates">In submit order, which decides between equals.</param>
    /// <param name="count">Tasks to hand out.</param>
    /// <param name="preferred">
    /// The job that goes before its equals; null for none. To replace an attempt by one of its own job keeps the shares as they
    /// are, however old the view: two workers that see the same tie at once must not both give it to the same job.
    /// </param>
    public static void Allot(List<Candidate> candidates, int count, string? preferred)
    {
        foreach (var candidate in candidates) candidate.Allotted = 0;
        for (; count > 0 && Next(candidates, preferred) is { } next; count--) next.Allotted++;
    }

    private static Candidate? Next(List<Candidate> candidates, string? preferred)
    {
        Candidate? best = null;
        foreach (var candidate in candidates)
        {
            var isAhead = best is null || candidate.Share < best.Share
                || (candidate.Share <= best.Share && candidate.Job.Shape.JobId == preferred);
            if (isAhead) best = candidate;
        }
        return best;
    }

    /// <summary>A job that may have work for a worker.</summary>
    /// <param name="job">As it stood when the claim began.</param>
    public sealed class Candidate(JobView job)
    {
        public JobView Job => job;

        /// <summary>Attempts that this claim has added.</summary>
        public int Added { get; set; }

        /// <summary>Tasks to ask for now.</summary>
        public int Allotted { get; set; }

        public double Share => (double)(job.Running + Added + Allotted) / job.Shape.Priority;
    }
}

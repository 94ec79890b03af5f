namespace MapReduce.Scheduling.Policy;

/// <summary>Keeps tasks away from workers that fail them, for one lease, and never from half of the workers or more.</summary>
internal static class WorkerPolicy
{
    /// <summary>User failures in a row at one job after which a worker is set aside for it.</summary>
    public const int FailuresInRow = 3;

    /// <summary>True when so many workers may be kept out: fewer than half of those that live.</summary>
    public static bool MayKeepOut(int workers, int liveWorkers) => workers * 2 < liveWorkers;

    /// <summary>True when a worker gets no task of a job for now.</summary>
    public static bool IsAside(JobView job, string workerId, int liveWorkers)
    {
        if (job.FailingWorkers.Count == 0) return false;
        var aside = job.FailingWorkers.Where(worker => IsFailing(worker, job.Shape.Lease)).ToList();
        return aside.Exists(worker => worker.WorkerId == workerId) && MayKeepOut(aside.Count, liveWorkers);
    }

    private static bool IsFailing(FailingWorker worker, TimeSpan lease) =>
        (worker.IsWorkerFault || worker.Failures >= FailuresInRow) && worker.Age < lease;
}

using MapReduce.Protocol;

namespace MapReduce.Scheduling.Policy;

/// <summary>A reduce that cannot reach more than half of the workers is itself cut off: the others are not to blame.</summary>
internal static class FetchBlame
{
    // With one or two workers, one unreachable worker says nothing about the reader.
    private const int MinWorkers = 3;

    /// <summary>The failure as it is to be counted.</summary>
    /// <param name="failure">As the reduce reported it.</param>
    /// <param name="workerOf">The worker of each map output that the reduce was told of; null when unknown.</param>
    /// <param name="workers">Workers that hold map outputs of the step and are known to live. That another cannot be reached says nothing about the reader.</param>
    public static AttemptFailure Judge(AttemptFailure failure, Func<FetchFailure, string?> workerOf, IReadOnlyCollection<string> workers)
    {
        if (failure.FetchFailures is not { Count: > 0 } fetches) return failure;
        var unreachable = fetches.Where(fetch => fetch.Fault == FetchFault.Unreachable).Select(fetch => workerOf(fetch)).OfType<string>().Distinct().Count(workers.Contains);
        if (workers.Count < MinWorkers || unreachable * 2 <= workers.Count) return failure;
        return failure with
        {
            Kind = FailureKind.Worker,
            Message = $"The reader could not reach {unreachable} of {workers.Count} workers, so that it counts as cut off itself. {failure.Message}",
            // That an output is gone, or wrong, is true whoever reads it.
            FetchFailures = [.. fetches.Where(fetch => fetch.Fault != FetchFault.Unreachable)],
        };
    }
}

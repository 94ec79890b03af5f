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
    /// <param name="workers">Workers that hold map outputs of the step.</param>
    public static AttemptFailure Judge(AttemptFailure failure, Func<FetchFailure, string?> workerOf, int workers)
    {
        if (failure.FetchFailures is not { Count: > 0 } fetches) return failure;
        var unreachable = fetches.Where(fetch => !IsProven(fetch)).Select(fetch => workerOf(fetch)).OfType<string>().Distinct().Count();
        if (workers < MinWorkers || unreachable * 2 <= workers) return failure;
        return failure with
        {
            Kind = FailureKind.Worker,
            Message = $"The reader could not reach {unreachable} of {workers} workers, so that it counts as cut off itself. {failure.Message}",
            FetchFailures = [.. fetches.Where(IsProven)],
        };
    }

    // A checksum proves an output wrong whoever reads it, and who finds that it is gone has come to where it was.
    private static bool IsProven(FetchFailure fetch) => fetch.IsCorrupt || fetch.IsGone;
}

namespace MapReduce.Scheduling.Policy;

/// <summary>When a failed task is tried again, and when it is given up.</summary>
internal static class RetryPolicy
{
    /// <summary>Counted attempts of any kind (failures of user code, of workers, of fetches, deaths) at which a task is dead.</summary>
    public const int MaxCounted = 20;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long a task waits after its n-th counted failure: doubled each time, of which half is left to chance.</summary>
    /// <param name="counted">Failures so far, from 1.</param>
    /// <param name="jitter">0 to below 1.</param>
    public static TimeSpan Backoff(int counted, double jitter)
    {
        var full = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, counted - 1));
        return TimeSpan.FromMilliseconds(full * (0.5 + jitter / 2));
    }

    /// <summary>Why a task with these counts is dead, or null while it may be tried again.</summary>
    public static string? Verdict(JobShape shape, int failures, int deaths, int counted)
    {
        if (failures >= shape.MaxAttempts) return $"it failed {failures} times (limit {shape.MaxAttempts})";
        if (deaths >= shape.MaxDeaths) return $"{deaths} of its workers died (limit {shape.MaxDeaths})";
        return counted >= MaxCounted ? $"{counted} of its attempts failed or died (limit {MaxCounted})" : null;
    }
}

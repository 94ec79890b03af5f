namespace MapReduce.Worker;

/// <summary>Lets time pass.</summary>
internal static class Delay
{
    /// <summary>
    /// Waits like <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, which ends a cancelled wait on the
    /// thread pool; this one ends it within the cancellation, so that a simulation never leaves its thread.
    /// </summary>
    public static async Task ForAsync(TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var timer = time.CreateTimer(static over => ((TaskCompletionSource)over!).TrySetResult(), over, duration, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(static (over, token) => ((TaskCompletionSource)over!).TrySetCanceled(token), over);
        await over.Task;
    }
}

namespace MapReduce.Worker;

/// <summary>Tells waiters that something changed. Take <see cref="Next"/> before looking at what may change, then wait for it.</summary>
/// <remarks>
/// Waiters that have no synchronization context go on within <see cref="Pulse"/>, so never pulse under a lock. A task that
/// continues asynchronously would be kinder, but it leaves a simulation's thread as soon as it is waited for with a limit.
/// </remarks>
internal sealed class Signal
{
    private TaskCompletionSource _next = new();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, new TaskCompletionSource()).SetResult();

    /// <summary>Waits for a change, but no longer than a limit.</summary>
    public static async Task WaitAsync(Task change, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        // Ends without an exception, whichever comes first: most waits end by a change, thousands of times a second.
        var over = new TaskCompletionSource();
        using var timer = time.CreateTimer(static over => ((TaskCompletionSource)over!).TrySetResult(), over, limit, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(static over => ((TaskCompletionSource)over!).TrySetResult(), over);
        await Task.WhenAny(change, over.Task);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

namespace MapReduce.Scheduling;

/// <summary>
/// Wakes waiters when something may have changed. Read <see cref="Version"/> before looking, and wait for a later one: a
/// pulse in between is not missed. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A waiter continues on its own synchronization context, or the thread pool, never within the pulse. It awaits its task
/// directly: combinators such as <see cref="Task.WhenAny(Task[])"/> would leave a simulation's single thread.
/// </remarks>
internal sealed class Pulse(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<TaskCompletionSource> _waiters = [];
    private long _version;

    public long Version => Interlocked.Read(ref _version);

    public void Signal()
    {
        TaskCompletionSource[] waiters;
        lock (_lock)
        {
            _version++;
            if (_waiters.Count == 0) return;
            waiters = [.. _waiters];
            _waiters.Clear();
        }
        foreach (var waiter in waiters) waiter.TrySetResult();
    }

    /// <summary>Waits until the version is later than the one seen, but no longer than a limit.</summary>
    public async Task WaitAsync(long seen, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_version != seen) return;
            _waiters.Add(waiter);
        }
        try
        {
            await using var timer = time.CreateTimer(state => ((TaskCompletionSource)state!).TrySetResult(), waiter, limit, Timeout.InfiniteTimeSpan);
            await using var cancel = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
            await waiter.Task;
        }
        finally
        {
            lock (_lock) _waiters.Remove(waiter);
        }
    }
}

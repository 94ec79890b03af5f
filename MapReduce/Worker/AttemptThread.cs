namespace MapReduce.Worker;

/// <summary>Runs an attempt's blocking work on a thread of its own, so that the thread pool stays free for leases and heartbeats.</summary>
internal static class AttemptThread
{
    // The sort recurses by common beginnings of keys; this is far more than the deepest that fits any budget.
    private const int StackSize = 16 << 20;

    public static Task<T> Run<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, completion), StackSize) { IsBackground = true, Name = "attempt" };
        thread.Start();
        return completion.Task;
    }

    /// <summary>The same on the caller's thread.</summary>
    public static Task<T> RunHere<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>();
        Run(work, completion);
        return completion.Task;
    }

    // Not hidden: whatever the work throws is the task's to throw.
    private static void Run<T>(Func<T> work, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(work());
        }
        catch (Exception error)
        {
            completion.SetException(error);
        }
    }
}

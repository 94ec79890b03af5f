namespace MapReduce.Scheduling.Coordination;

/// <summary>Lets one caller through at a time, in the order in which they came. Safe for concurrent use.</summary>
internal sealed class Turnstile
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _isTaken;

    public Task EnterAsync()
    {
        lock (_lock)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter);
            return waiter.Task;
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out next)) _isTaken = false;
        }
        next?.SetResult();
    }
}

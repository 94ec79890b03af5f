using System.Runtime.ExceptionServices;

namespace MapReduce.Worker;

/// <summary>The attempts that occupy a worker's slots. Safe for concurrent use.</summary>
internal sealed class AttemptSet
{
    private readonly Lock _lock = new();
    private readonly List<RunningAttempt> _running = [];
    private readonly Signal _changed = new();
    private ExceptionDispatchInfo? _bug;

    public int Count
    {
        get { lock (_lock) return _running.Count; }
    }

    /// <summary>Ends when an attempt starts or ends after this was read.</summary>
    public Task Changed => _changed.Next;

    public IReadOnlyList<RunningAttempt> All()
    {
        lock (_lock) return [.. _running];
    }

    /// <summary>Runs an attempt in a slot until it is reported.</summary>
    public void Start(RunningAttempt attempt, CancellationToken stop)
    {
        lock (_lock) _running.Add(attempt);
        _changed.Pulse();
        _ = RunAsync(attempt, stop);
    }

    public async Task WhenBelowAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            _bug?.Throw();
            if (Count < count) return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public async Task WhenEmptyAsync()
    {
        while (true)
        {
            var changed = Changed;
            if (Count == 0) return;
            await changed;
        }
    }

    // Every way for an attempt to end is handled in the attempt; what comes out here is a bug, which must end the worker
    // and not vanish with a task that nobody awaits.
    private async Task RunAsync(RunningAttempt attempt, CancellationToken stop)
    {
        try
        {
            await attempt.RunAsync(stop);
        }
        catch (Exception bug)
        {
            _bug = ExceptionDispatchInfo.Capture(bug);
        }

        lock (_lock) _running.Remove(attempt);
        _changed.Pulse();
    }
}

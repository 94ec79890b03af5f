using System.Runtime.ExceptionServices;

namespace MapReduce.Worker;

/// <summary>
/// A worker's slots: the attempts that run in them, those that wait for one, and the tasks that were asked for. Safe for
/// concurrent use.
/// </summary>
internal sealed class AttemptSet(int slots, AttemptPace pace)
{
    /// <summary>How long a lease may wait for a slot before it is better off with another worker.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private const int LargestBatch = 16;

    private readonly Lock _lock = new();
    private readonly List<RunningAttempt> _running = [];
    private readonly Queue<RunningAttempt> _waiting = [];
    private readonly Signal _changed = new();
    private int _reserved, _chores;
    private ExceptionDispatchInfo? _bug;

    /// <summary>Ends when anything changes after this was read.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Every attempt that holds a lease, running or waiting.</summary>
    public IReadOnlyList<RunningAttempt> All()
    {
        lock (_lock) return [.. _running, .. _waiting];
    }

    /// <summary>
    /// Waits until a slot is free, and reserves the free ones. None ahead: a claim may stand at the master for long, and would take
    /// the tasks of a job that came meanwhile from workers that are idle.
    /// </summary>
    /// <returns>How many; <see cref="Unreserve"/> them, or <see cref="Add"/> the attempts that came.</returns>
    public async Task<int> ReserveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            _bug?.Throw();
            if (Reserve(ahead: false) is > 0 and var count) return count;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Reserves without a wait, and more than the free slots while attempts are short, for a claim that is answered at once; 0 when there is no room.</summary>
    public int Reserve() => Reserve(ahead: true);

    private int Reserve(bool ahead)
    {
        lock (_lock)
        {
            var room = (ahead && MayClaimAhead() ? Math.Max(slots, LargestBatch) : slots) - _reserved - _waiting.Count - Occupied();
            var count = Math.Clamp(room, 0, LargestBatch);
            _reserved += count;
            return count;
        }
    }

    public void Unreserve(int count)
    {
        if (count == 0) return;
        lock (_lock) _reserved -= count;
        _changed.Pulse();
    }

    /// <summary>Takes in attempts in place of a reservation: each runs as soon as a slot is free.</summary>
    public void Add(IEnumerable<RunningAttempt> attempts, int reserved, CancellationToken stop)
    {
        lock (_lock)
        {
            _reserved -= reserved;
            foreach (var attempt in attempts)
            {
                pace.Begin(attempt.Lease);
                _waiting.Enqueue(attempt);
            }
        }
        StartWaiting(stop);
        _changed.Pulse();
    }

    /// <summary>An attempt has run and is about to be reported. A waiting one takes its slot now, else the claim that goes with the report does.</summary>
    public void HasRun(RunningAttempt attempt, CancellationToken stop)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0) return;
            attempt.HoldsSlot = false;
        }
        StartWaiting(stop);
    }

    public void FreeSlot(RunningAttempt attempt)
    {
        lock (_lock) attempt.HoldsSlot = false;
    }

    /// <summary>Takes out the attempts that have waited for longer than a limit: they are to be given back.</summary>
    public IReadOnlyList<RunningAttempt> TakeWaiting(TimeSpan longerThan)
    {
        lock (_lock)
        {
            var taken = new List<RunningAttempt>();
            while (_waiting.TryPeek(out var first) && first.Age >= longerThan) taken.Add(_waiting.Dequeue());
            return taken;
        }
    }

    /// <summary>Does something beside the attempts, which counts as one of them until it ends.</summary>
    public void Begin(Func<Task> chore)
    {
        lock (_lock) _chores++;
        _ = WatchAsync(chore, () => _chores--);
    }

    public async Task WhenEmptyAsync()
    {
        while (true)
        {
            var changed = Changed;
            lock (_lock)
            {
                if (_running.Count + _waiting.Count + _chores == 0) return;
            }
            await changed;
        }
    }

    // Short attempts would spend more time on their round trips than on their work. But an idle worker knows nothing of what
    // comes, and behind an attempt that takes long after all nothing should wait while other workers are free.
    private bool MayClaimAhead() =>
        pace.IsFast && _running.Count > 0 && !_running.Exists(attempt => attempt.HoldsSlot && attempt.Age >= LongestWait);

    private int Occupied()
    {
        var count = 0;
        foreach (var attempt in _running)
            if (attempt.HoldsSlot) count++;
        return count;
    }

    private void StartWaiting(CancellationToken stop)
    {
        while (TakeNext() is { } next)
            _ = WatchAsync(() => next.RunAsync(stop), () => _running.Remove(next));
    }

    private RunningAttempt? TakeNext()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 || Occupied() >= slots) return null;
            var next = _waiting.Dequeue();
            _running.Add(next);
            return next;
        }
    }

    // Every way for an attempt to end is handled in the attempt; what comes out here is a bug, which must end the worker
    // and not vanish with a task that nobody awaits.
    private async Task WatchAsync(Func<Task> work, Action ended)
    {
        try
        {
            await work();
        }
        catch (Exception bug)
        {
            _bug = ExceptionDispatchInfo.Capture(bug);
        }

        lock (_lock) ended();
        _changed.Pulse();
    }
}

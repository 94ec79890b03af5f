namespace MapReduce.Worker;

/// <summary>Whether a worker may claim tasks: not while the master drains it, its runner refuses, or it is leaving. Safe for concurrent use.</summary>
internal sealed class ClaimGate(IAttemptRunner runner, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly Signal _changed = new();
    private volatile bool _isDraining, _hasLeft;

    public bool IsOpen => !_isDraining && !_hasLeft && runner.Refusal is null;

    /// <summary>True once the worker is leaving.</summary>
    public bool HasLeft => _hasLeft;

    /// <summary>As the master answered the last registration.</summary>
    public bool IsDraining
    {
        set
        {
            _isDraining = value;
            _changed.Pulse();
        }
    }

    /// <summary>Closes the gate for good.</summary>
    public void Leave() => _hasLeft = true;

    /// <summary>Waits until the gate is open. A runner that refuses is asked again every 5 s.</summary>
    public async Task WhenOpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (IsOpen) return;
            await Signal.WaitAsync(changed, LookAgain, time, cancellationToken);
        }
    }
}

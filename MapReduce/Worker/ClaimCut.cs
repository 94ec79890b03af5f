namespace MapReduce.Worker;

/// <summary>
/// Cuts a claim off when the worker leaves: at once if it has waited for work in vain, but not while the answer may be on its
/// way, because leases that nobody takes in stand until they expire. A stop does not wait.
/// </summary>
internal sealed class ClaimCut : IDisposable
{
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cut;
    private readonly CancellationTokenRegistration _leaving, _stop;
    private long _sentAt;

    public ClaimCut(TimeProvider time, CancellationToken leaving, CancellationToken stop)
    {
        (_time, _cut) = (time, new CancellationTokenSource(Timeout.InfiniteTimeSpan, time));
        _leaving = leaving.UnsafeRegister(static cut => ((ClaimCut)cut!).Leave(), this);
        _stop = stop.UnsafeRegister(static cut => ((ClaimCut)cut!)._cut.Cancel(), this);
    }

    /// <summary>The cancellation of a claim that is sent now.</summary>
    public CancellationToken Send()
    {
        Volatile.Write(ref _sentAt, _time.GetTimestamp());
        return _cut.Token;
    }

    public void Dispose()
    {
        _leaving.Dispose();
        _stop.Dispose();
        _cut.Dispose();
    }

    private void Leave()
    {
        var left = UntilAnswered - _time.GetElapsedTime(Volatile.Read(ref _sentAt));
        if (left > TimeSpan.Zero) _cut.CancelAfter(left);
        else _cut.Cancel();
    }
}

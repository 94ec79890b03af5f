namespace MapReduce.Remote.Http;

/// <summary>How long and how often to try again, counted from the first failure. Not safe for concurrent use.</summary>
internal sealed class Retry(TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromSeconds(2);

    private long? _failedAt;
    private TimeSpan _pause = First;

    /// <summary>True while another try after the next pause still falls within the patience. Asked once after each failure.</summary>
    public bool MayTryAgain
    {
        get
        {
            _failedAt ??= time.GetTimestamp();
            return time.GetElapsedTime(_failedAt.Value) + _pause <= patience;
        }
    }

    /// <summary>Lets time pass, each time twice as long, up to 2 s.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_pause, time, cancellationToken);
        _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
    }

    /// <summary>Something was answered: the next failure is the first again.</summary>
    public void Reset() => (_failedAt, _pause) = (null, First);
}

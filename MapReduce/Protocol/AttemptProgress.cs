namespace MapReduce.Protocol;

/// <summary>
/// How far an attempt has come. The attempt's thread writes, the heartbeat reads: single words, so that no lock is needed;
/// a reader may see one value newer than another.
/// </summary>
public sealed class AttemptProgress
{
    private long _bytesDone, _bytesTotal, _records, _signs;
    private volatile string _phase = "start";
    private volatile string? _status;

    /// <summary>Told of each phase as it begins, on the attempt's thread; null (the default) when nobody wants to know.</summary>
    internal Action<string>? Began { get; set; }

    /// <summary>Begins a phase with its amount of work.</summary>
    public void Begin(string phase, long bytesTotal)
    {
        Enter(phase);
        Volatile.Write(ref _bytesTotal, bytesTotal);
        Volatile.Write(ref _bytesDone, 0);
    }

    /// <summary>Begins a phase of the same work; nothing happens when it is that one already.</summary>
    public void Enter(string phase)
    {
        if (_phase == phase) return;
        _phase = phase;
        Began?.Invoke(phase);
    }

    /// <summary>Adds work done in this phase.</summary>
    public void Add(long bytes, long records)
    {
        Volatile.Write(ref _bytesDone, _bytesDone + bytes);
        Volatile.Write(ref _records, _records + records);
    }

    /// <summary>Signs of life that the attempt's own code gave, each a <see cref="Tell"/>: the same status again is one, too.</summary>
    internal long Signs => Volatile.Read(ref _signs);

    /// <summary>Keeps what the attempt's own code says of itself.</summary>
    internal void Tell(string status)
    {
        _status = status;
        Volatile.Write(ref _signs, _signs + 1);
    }

    /// <summary>What a heartbeat reports.</summary>
    public AttemptSnapshot Snapshot()
    {
        var total = Volatile.Read(ref _bytesTotal);
        var fraction = total <= 0 ? 0 : Math.Clamp((double)Volatile.Read(ref _bytesDone) / total, 0, 1);
        return new AttemptSnapshot(fraction, Volatile.Read(ref _records), _phase, _status);
    }
}

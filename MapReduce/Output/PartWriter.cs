using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>A file of records as a task writes it: its part, or a named output.</summary>
internal abstract class PartWriter<TKey, TValue>(OutputSink sink, bool skipsEmpty) : Writer<TKey, TValue>, IAttemptFile
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private long _kept;

    public bool IsOpen => sink.IsOpen;

    public bool IsEmpty => Records == 0;

    /// <summary>Records written so far.</summary>
    public long Records { get; protected set; }

    protected OutputSink Sink => sink;

    public OutputFile? Complete()
    {
        if (!IsOpen) return sink.Completed;
        if (Records == 0 && skipsEmpty)
        {
            Abandon();
            return null;
        }

        Finish();
        return sink.Complete(Records);
    }

    public virtual void Stage() => sink.Stage();

    public void Keep()
    {
        Flush();
        sink.Keep();
        _kept = Records;
    }

    public void Drop()
    {
        Forget();
        sink.Drop();
        Records = _kept;
    }

    public virtual void Abandon() => sink.Dispose();

    /// <summary>Writes what is held back, after which nothing comes.</summary>
    protected virtual void Finish() => Flush();

    /// <summary>Writes what is held back.</summary>
    protected abstract void Flush();

    /// <summary>Forgets what is held back.</summary>
    protected abstract void Forget();
}

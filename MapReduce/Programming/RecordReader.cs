namespace MapReduce;

/// <summary>
/// Reads the records of one piece of a file. To find a record and to make something of it are apart, because the latter may fail
/// for one record and the reader still find the next. Used by one thread.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class RecordReader<T> : IDisposable
{
    /// <summary>Where the record that was found begins in the file's content.</summary>
    public abstract long Offset { get; }

    /// <summary>The bytes of the record that was found, for people who look into why it is bad; may be empty. Valid until the next <see cref="Read"/>.</summary>
    public virtual ReadOnlySpan<byte> Bytes => default;

    /// <summary>Finds the next record that begins in the piece; false when there is none. What it throws ends the file, and fails the job.</summary>
    public abstract bool Read();

    /// <summary>Makes the record that was found; called once for each. What it throws concerns this record alone: it is bad.</summary>
    public abstract T Parse();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the reader has opened itself. Streams that the piece gave are closed with the piece.</summary>
    protected virtual void Dispose(bool disposing) { }
}

namespace MapReduce;

/// <summary>
/// How files become records. One instance for each plan, used by many attempts at once: what a file needs is kept in the
/// reader. Derive from it for a format of one's own, and give it to <see cref="Job.Read{T}"/>.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class InputFormat<T>
{
    /// <summary>
    /// True when a reader finds the first record at or after any offset, so that several tasks may share a file. Default: false,
    /// each file is read by one task from its start.
    /// </summary>
    public virtual bool IsSplittable => false;

    /// <summary>True when the content is text: a file that starts with the byte-order mark of UTF-16 or UTF-32 is then given as UTF-8. Default: false.</summary>
    public virtual bool IsText => false;

    /// <summary>A reader of the records that begin in a piece of a file. It is disposed after the last of them.</summary>
    public abstract RecordReader<T> Open(InputPiece piece);
}

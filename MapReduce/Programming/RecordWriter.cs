using System.Buffers;

namespace MapReduce;

/// <summary>Turns the records of one file into bytes. Used by one thread.</summary>
/// <typeparam name="TKey">Keys.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
public abstract class RecordWriter<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    /// <summary>Called once, before the first record, or before the end of a file without any.</summary>
    public virtual void Begin(IBufferWriter<byte> file) { }

    /// <summary>
    /// Writes a record. Of one that fails nothing is kept; nor, where bad records are skipped, of a good one if the input record that it comes
    /// from turns out bad later: what is written must not depend on the records before.
    /// </summary>
    public abstract void Write(TKey key, TValue value, IBufferWriter<byte> file);

    /// <summary>Called once, after the last record.</summary>
    public virtual void End(IBufferWriter<byte> file) { }
}

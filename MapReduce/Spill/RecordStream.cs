namespace MapReduce.Spill;

/// <summary>
/// Encoded records one after the other: of a run, of a merge, of a sorted buffer. Fields instead of properties, because each
/// is read once a record in the engine's hottest loops.
/// </summary>
internal abstract unsafe class RecordStream : IDisposable
{
    /// <summary>The current record's key and value; valid until the next is asked for. 16 bytes past each may be read.</summary>
    public byte* Key, Value;
    public int KeyLength, ValueLength;

    public ReadOnlySpan<byte> KeySpan => new(Key, KeyLength);

    public ReadOnlySpan<byte> ValueSpan => new(Value, ValueLength);

    /// <summary>Goes to the next record.</summary>
    public abstract bool MoveNext();

    public abstract void Dispose();
}

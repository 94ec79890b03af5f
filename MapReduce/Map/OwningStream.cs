using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>A stream that releases what it reads from when it is disposed.</summary>
internal sealed unsafe class OwningStream(RecordStream inner, IDisposable owner) : RecordStream
{
    public override bool MoveNext()
    {
        if (!inner.MoveNext()) return false;
        Key = inner.Key;
        KeyLength = inner.KeyLength;
        Value = inner.Value;
        ValueLength = inner.ValueLength;
        return true;
    }

    public override void Dispose()
    {
        inner.Dispose();
        owner.Dispose();
    }
}

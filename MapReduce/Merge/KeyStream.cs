using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>
/// Takes off the keys of sorted records what their values were sorted by: whoever reads it sees plain keys, and the values of each
/// in order.
/// </summary>
/// <param name="sorted">Records by key and value; disposed with this.</param>
/// <param name="keyLength">Bytes of every key, or -1 when they vary.</param>
/// <param name="holdsValue">Whether the value is what is taken off.</param>
internal sealed unsafe class KeyStream(RecordStream sorted, int keyLength, bool holdsValue) : RecordStream
{
    // More than any reader reads past a key.
    private const int Slack = 64;
    private byte[] _plain = GC.AllocateUninitializedArray<byte>(256, pinned: true);

    public override bool MoveNext()
    {
        if (!sorted.MoveNext()) return false;
        Key = sorted.Key;
        KeyLength = keyLength;
        var end = keyLength >= 0 ? keyLength : TakeKey(sorted.KeySpan);
        Value = holdsValue ? sorted.Key + end : sorted.Value;
        ValueLength = holdsValue ? sorted.KeyLength - end : sorted.ValueLength;
        return true;
    }

    public override void Dispose() => sorted.Dispose();

    private int TakeKey(ReadOnlySpan<byte> sortKey)
    {
        var end = SelfDelimited.Length(sortKey, typeof(byte[]), out var zeros);
        KeyLength = end - SelfDelimited.EndLength - zeros;
        if (zeros == 0) return end;
        if (_plain.Length < KeyLength + Slack) _plain = GC.AllocateUninitializedArray<byte>((KeyLength * 2) + Slack, pinned: true);
        SelfDelimited.Unescape(sortKey[..(end - SelfDelimited.EndLength)], _plain);
        fixed (byte* plain = _plain) Key = plain;
        return end;
    }
}

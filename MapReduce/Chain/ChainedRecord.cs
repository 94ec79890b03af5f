namespace MapReduce.Chain;

/// <summary>A record as a step left it for the next one, encoded. Valid until the next is read.</summary>
internal readonly struct ChainedRecord(byte[] buffer, int start, int keyLength, int valueLength)
{
    public ReadOnlySpan<byte> Key => buffer.AsSpan(start, keyLength);

    public ReadOnlySpan<byte> Value => buffer.AsSpan(start + keyLength, valueLength);
}

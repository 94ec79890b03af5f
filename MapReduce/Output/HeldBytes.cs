namespace MapReduce.Output;

/// <summary>What was written to a file for the records that stand, and behind it what was written for the one that may turn out bad.</summary>
internal sealed class HeldBytes
{
    // One large record must not cost its size for the rest of the attempt.
    private const int LargestHeldOn = 1 << 20;

    private byte[] _bytes = [];
    private int _kept, _used;

    public ReadOnlySpan<byte> Kept => _bytes.AsSpan(0, _kept);

    /// <exception cref="InvalidDataException">There is no room for so much.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Array.MaxLength - _used)
            throw new InvalidDataException($"A record writes more than {Array.MaxLength} bytes to a file, which are held until it is known whether the record is bad: write less for a record, or leave SkipBadRecords out.");
        if (bytes.Length > _bytes.Length - _used) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_used + (long)bytes.Length, _bytes.Length * 2L)));
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
    }

    public void Keep() => _kept = _used;

    public void Drop() => _used = _kept;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _kept = _used = 0;
        if (_bytes.Length > LargestHeldOn) _bytes = [];
    }
}

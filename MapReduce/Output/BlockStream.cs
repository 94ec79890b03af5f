namespace MapReduce.Output;

/// <summary>Passes bytes on in blocks of one size, whatever they come in: what a compressor makes of them depends on how it is given them.</summary>
internal sealed class BlockStream(Stream to) : WriteOnlyStream
{
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(64 << 10);
    private int _used;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var some = buffer[..Math.Min(buffer.Length, _block.Length - _used)];
            some.CopyTo(_block.AsSpan(_used));
            _used += some.Length;
            buffer = buffer[some.Length..];
            if (_used == _block.Length) WriteBlock();
        }
    }

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            WriteBlock();
            to.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteBlock()
    {
        if (_used > 0) to.Write(_block.AsSpan(0, _used));
        _used = 0;
    }
}

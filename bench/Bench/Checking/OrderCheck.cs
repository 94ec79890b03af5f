namespace Bench.Checking;

/// <summary>Tells whether lines ascend by their bytes.</summary>
internal sealed class OrderCheck
{
    private byte[] _last = new byte[256];
    private int _length;

    public bool Ascends { get; private set; } = true;

    public void Add(ReadOnlySpan<byte> line)
    {
        if (_last.AsSpan(0, _length).SequenceCompareTo(line) > 0) Ascends = false;
        if (line.Length > _last.Length) _last = new byte[line.Length * 2];
        line.CopyTo(_last);
        _length = line.Length;
    }
}

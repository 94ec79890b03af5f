namespace MapReduce.Jobs.Matching;

/// <summary>Finds lines that contain a text, byte for byte.</summary>
internal sealed class LiteralFinder(byte[] text) : LineFinder
{
    protected override int Find(ReadOnlySpan<byte> block, int from)
    {
        var hit = block[from..].IndexOf(text);
        return hit < 0 ? -1 : from + hit;
    }
}

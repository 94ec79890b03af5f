using System.Numerics;

namespace MapReduce.Jobs.Sorting;

/// <summary>
/// Text of one line as bytes that end by themselves and keep its order: a line has no LF, so the bytes below it move up by one, and
/// zero is free for the end. Inverted, such bytes descend where the text ascends.
/// </summary>
internal static class OrderedText
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>Writes text and its end.</summary>
    /// <returns>Bytes written: one more than the text has.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        var rest = to[..text.Length];
        var limit = new Vector<byte>(LineFeed);
        for (; rest.Length >= Vector<byte>.Count; rest = rest[Vector<byte>.Count..])
        {
            var bytes = new Vector<byte>(rest);
            // A comparison gives -1 where it holds.
            (bytes - Vector.LessThan(bytes, limit)).CopyTo(rest);
        }

        foreach (ref var last in rest) last += (byte)(last < LineFeed ? 1 : 0);
        to[text.Length] = 0;
        return text.Length + 1;
    }

    /// <summary>Undoes <see cref="Write"/>, for text without its end.</summary>
    public static void Restore(Span<byte> text)
    {
        var limit = new Vector<byte>(LineFeed);
        for (; text.Length >= Vector<byte>.Count; text = text[Vector<byte>.Count..])
        {
            var bytes = new Vector<byte>(text);
            (bytes + Vector.LessThanOrEqual(bytes, limit)).CopyTo(text);
        }

        foreach (ref var last in text) last -= (byte)(last <= LineFeed ? 1 : 0);
    }

    /// <summary>Turns the order of encoded bytes around.</summary>
    public static void Invert(Span<byte> bytes)
    {
        for (; bytes.Length >= Vector<byte>.Count; bytes = bytes[Vector<byte>.Count..]) (~new Vector<byte>(bytes)).CopyTo(bytes);
        foreach (ref var last in bytes) last = (byte)~last;
    }
}

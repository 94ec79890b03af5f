using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MapReduce;

/// <summary>The words of a piece of a buffer.</summary>
internal sealed class WordSequence(byte[] buffer, int offset, int length) : Sequence<Utf8Text>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Push(Sink<Utf8Text> sink)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(buffer);
        foreach (var word in new Utf8Words(buffer.AsSpan(offset, length)))
            sink.Put(new Utf8Text(buffer, (int)Unsafe.ByteOffset(ref start, ref MemoryMarshal.GetReference(word)), word.Length));
    }
}

/// <summary>The words of a string: its runs of characters other than ASCII white space.</summary>
internal sealed class StringWordSequence(string text) : Sequence<string>
{
    internal override void Push(Sink<string> sink)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var start = rest.IndexOfAnyExcept(Text.WhiteSpace);
            if (start < 0) return;
            rest = rest[start..];
            var end = rest.IndexOfAny(Text.WhiteSpace);
            if (end < 0) end = rest.Length;
            sink.Put(new string(rest[..end]));
            rest = rest[end..];
        }
    }
}

/// <summary>Helpers for jobs on text.</summary>
public static class Text
{
    internal static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>The words of a string: its runs of characters other than ASCII white space.</summary>
    public static Sequence<string> Words(string text) => new StringWordSequence(text);
}

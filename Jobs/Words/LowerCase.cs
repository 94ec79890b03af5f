using System.Text;

namespace MapReduce.Jobs.Words;

/// <summary>Puts UTF-8 text into lower case, character by character; bytes that are not UTF-8 stay. Keeps its buffer between calls.</summary>
internal sealed class LowerCase
{
    private byte[] _buffer = [];

    /// <returns>The text, valid until the next call.</returns>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text)
    {
        // Two bytes can become three (U+023A), never one two.
        var most = checked((text.Length * 3 / 2) + 4);
        if (_buffer.Length < most) _buffer = GC.AllocateUninitializedArray<byte>(most);
        var length = 0;
        while (!text.IsEmpty)
        {
            Ascii.ToLower(text, _buffer.AsSpan(length), out var ascii);
            length += ascii;
            text = text[ascii..];
            if (!text.IsEmpty) length += Other(ref text, _buffer.AsSpan(length));
        }

        return _buffer.AsSpan(0, length);
    }

    // What lies before the next ASCII byte: text in other scripts would else switch loops for each character.
    private static int Other(ref ReadOnlySpan<byte> text, Span<byte> to)
    {
        var length = 0;
        while (!text.IsEmpty && text[0] >= 0x80)
        {
            var isValid = Rune.DecodeFromUtf8(text, out var rune, out var bytes) == System.Buffers.OperationStatus.Done;
            if (isValid) length += Rune.ToLowerInvariant(rune).EncodeToUtf8(to[length..]);
            else length += Copy(text[..bytes], to[length..]);
            text = text[bytes..];
        }

        return length;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }
}

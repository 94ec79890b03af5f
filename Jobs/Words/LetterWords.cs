using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace MapReduce.Jobs.Words;

/// <summary>The maximal runs of Unicode letters (general category L) in UTF-8 text, for <c>foreach</c>. Bytes that are not UTF-8 are no letters.</summary>
internal ref struct LetterWords(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _start, _end;

    public readonly ReadOnlySpan<byte> Current => _text[_start.._end];

    public readonly LetterWords GetEnumerator() => this;

    public bool MoveNext()
    {
        _start = _end;
        while (_start < _text.Length && !IsLetter(_start, out var length)) _start += length;
        _end = _start;
        while (_end < _text.Length && IsLetter(_end, out var length)) _end += length;
        return _end > _start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsLetter(int at, out int length)
    {
        length = 1;
        var first = _text[at];
        return first < 0x80 ? char.IsAsciiLetter((char)first) : IsOtherLetter(_text[at..], out length);
    }

    private static bool IsOtherLetter(ReadOnlySpan<byte> text, out int length) =>
        Rune.DecodeFromUtf8(text, out var rune, out length) == OperationStatus.Done && Rune.IsLetter(rune);
}

using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Jobs.Matching;

/// <summary>
/// Runs an expression over a whole block, whose bytes become characters one by one where the expression, or a block of ASCII alone,
/// allows it, and are decoded as UTF-8 otherwise.
/// </summary>
/// <param name="regex">Matches no line feed.</param>
/// <param name="needsCharacters">The expression can tell a character outside ASCII from its bytes.</param>
internal sealed class RegexFinder(Regex regex, bool needsCharacters) : LineFinder
{
    private char[] _text = [];
    private int _length;
    private bool _isDecoded;

    // Decoded text has places of its own: the start of the line that is next.
    private int _next;

    public override void Begin(ReadOnlySpan<byte> block)
    {
        // Behind the last LF there is no line that an empty match could be in.
        if (block[^1] == '\n') block = block[..^1];
        if (_text.Length < block.Length) _text = GC.AllocateUninitializedArray<char>(block.Length);
        _isDecoded = needsCharacters && !Ascii.IsValid(block);
        _length = _isDecoded ? Encoding.UTF8.GetChars(block, _text) : Encoding.Latin1.GetChars(block, _text);
        _next = 0;
    }

    protected override int Find(ReadOnlySpan<byte> block, int from)
    {
        var text = _text.AsSpan(0, _length);
        var matches = regex.EnumerateMatches(text, _isDecoded ? _next : from);
        if (!matches.MoveNext()) return -1;
        var hit = matches.Current.Index;
        return _isDecoded ? LineOf(text, hit, block, from) : hit;
    }

    // Lines are the same in both, however long their characters are: an LF is never part of one.
    private int LineOf(ReadOnlySpan<char> text, int hit, ReadOnlySpan<byte> block, int from)
    {
        for (var lines = text[_next..hit].Count('\n'); lines > 0; lines--) from += block[from..].IndexOf((byte)'\n') + 1;
        var length = text[hit..].IndexOf('\n');
        _next = length < 0 ? text.Length : hit + length + 1;
        return from;
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Jobs.Matching;

/// <summary>
/// Searches a block's bytes for lines that may match, and decodes only those of them that are not ASCII to know: to decode a whole
/// block costs as much as to search it.
/// </summary>
/// <param name="regex">The expression, for a decoded line.</param>
/// <param name="candidates">Matches the bytes of every line that the expression matches, and no other line of ASCII.</param>
internal sealed class CandidateFinder(Regex regex, Regex candidates) : LineFinder
{
    private char[] _text = [];
    private char[] _line = [];
    private int _length;

    public override void Begin(ReadOnlySpan<byte> block)
    {
        // Behind the last LF there is no line that an empty match could be in.
        if (block[^1] == '\n') block = block[..^1];
        if (_text.Length < block.Length) _text = GC.AllocateUninitializedArray<char>(block.Length);
        _length = Encoding.Latin1.GetChars(block, _text);
    }

    protected override int Find(ReadOnlySpan<byte> block, int from)
    {
        while (from <= _length)
        {
            var matches = candidates.EnumerateMatches(_text.AsSpan(0, _length), from);
            if (!matches.MoveNext()) return -1;
            var hit = matches.Current.Index;
            var start = from + block[from..hit].LastIndexOf((byte)'\n') + 1;
            var rest = block[hit..].IndexOf((byte)'\n');
            var end = rest < 0 ? block.Length : hit + rest;
            if (IsMatch(block[start..end])) return hit;
            from = end + 1;
        }

        return -1;
    }

    private bool IsMatch(ReadOnlySpan<byte> line)
    {
        if (Ascii.IsValid(line)) return true;
        if (_line.Length < line.Length) _line = new char[Math.Max(line.Length, _line.Length * 2)];
        return regex.IsMatch(_line.AsSpan(0, Encoding.UTF8.GetChars(line, _line)));
    }
}

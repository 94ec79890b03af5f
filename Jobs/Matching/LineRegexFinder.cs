using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Jobs.Matching;

/// <summary>Runs an expression over one line at a time: for expressions that could see beyond a line.</summary>
internal sealed class LineRegexFinder(Regex regex) : LineFinder
{
    private char[] _text = [];

    protected override int Find(ReadOnlySpan<byte> block, int from)
    {
        while (from < block.Length)
        {
            var length = block[from..].IndexOf((byte)'\n');
            if (length < 0) length = block.Length - from;
            if (_text.Length < length) _text = new char[Math.Max(length, _text.Length * 2)];
            if (regex.IsMatch(_text.AsSpan(0, Encoding.UTF8.GetChars(block.Slice(from, length), _text)))) return from;
            from += length + 1;
        }

        return -1;
    }
}

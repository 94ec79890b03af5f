using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace MapReduce.Jobs.Matching;

/// <summary>
/// Finds the lines of a block that match, by searching the block as a whole: most lines are passed over without being looked at as
/// lines. One for each attempt, used by one thread.
/// </summary>
internal abstract class LineFinder
{
    /// <summary>The fastest way to find what these options ask for.</summary>
    /// <returns>Makes a finder for an attempt.</returns>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or holds a line feed.</exception>
    public static Func<LineFinder> For(GrepOptions options)
    {
        if (options.Pattern.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException("the pattern contains a line feed, which no line does: write alternatives as one|other.");
        if (options is { Literal: true, IgnoreCase: false })
        {
            var text = Encoding.UTF8.GetBytes(options.Pattern);
            return () => new LiteralFinder(text);
        }

        return ForRegex(options.Literal ? Regex.Escape(options.Pattern) : options.Pattern, options.IgnoreCase);
    }

    /// <summary>Called with each block before it is searched.</summary>
    public virtual void Begin(ReadOnlySpan<byte> block) { }

    /// <summary>Finds the next matching line.</summary>
    /// <param name="block">The block.</param>
    /// <param name="next">Where the search goes on: the start of a line; afterwards that of the line after the one found.</param>
    /// <param name="line">The line without its LF.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(ReadOnlySpan<byte> block, ref int next, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (next >= block.Length) return false;
        var hit = Find(block, next);
        if (hit < 0) return false;
        var start = next + block[next..hit].LastIndexOf((byte)'\n') + 1;
        var length = block[hit..].IndexOf((byte)'\n');
        var end = length < 0 ? block.Length : hit + length;
        line = block[start..end];
        next = end + 1;
        return true;
    }

    /// <summary>A place in the first matching line that begins at <paramref name="from"/> or after it, the line's LF included; or -1.</summary>
    protected abstract int Find(ReadOnlySpan<byte> block, int from);

    private static Func<LineFinder> ForRegex(string pattern, bool ignoreCase)
    {
        var options = RegexOptions.CultureInvariant | RegexOptions.Multiline | (ignoreCase ? RegexOptions.IgnoreCase : 0);
        // Errors should show the pattern as it was written.
        _ = new Regex(pattern, options);
        var block = BlockPattern.Of(pattern, ignoreCase);
        var regex = new Regex(block.Text, options | RegexOptions.Compiled);
        return block.Unit switch
        {
            MatchUnit.Byte => () => new RegexFinder(regex, needsCharacters: false),
            MatchUnit.Character when block.Candidates is not null => Candidates(regex, new Regex(block.Candidates, options | RegexOptions.Compiled)),
            MatchUnit.Character => () => new RegexFinder(regex, needsCharacters: true),
            _ => () => new LineRegexFinder(regex),
        };
    }

    private static Func<LineFinder> Candidates(Regex regex, Regex candidates) => () => new CandidateFinder(regex, candidates);
}

using System.Text;

namespace MapReduce.Jobs.Matching;

/// <summary>What an expression may be run over so that it finds the very lines that it matches alone.</summary>
internal enum MatchUnit
{
    /// <summary>A block of bytes, each widened to a character.</summary>
    Byte,

    /// <summary>A block of characters, decoded from UTF-8.</summary>
    Character,

    /// <summary>One decoded line.</summary>
    Line,
}

/// <summary>An expression made fit for whole blocks of lines.</summary>
/// <remarks>
/// Of expressions only the regular part is understood: text, classes, alternatives, repetitions, <c>^ $ \b</c>. There a match
/// depends on nothing but the characters it covers and the two beside it, so when no element matches a line feed, a line holds a
/// match in the block exactly when it does alone. Elements that would match a line feed are rewritten. All the rest (look-around,
/// back-references, atomic groups, inline options) is run line by line.
/// </remarks>
/// <param name="Text">The expression to run.</param>
/// <param name="Unit">What to run it over.</param>
/// <param name="Candidates">
/// For characters: an expression over bytes that matches wherever this one does, and in lines of ASCII nowhere else; null when
/// there is none that is simple.
/// </param>
internal sealed record BlockPattern(string Text, MatchUnit Unit, string? Candidates = null)
{
    // What one character outside ASCII can be as bytes, beyond the one byte that the element itself matches.
    private const string OtherBytes = @"[\x80-\xFF]{2,4}";

    private const string PlainEscapes = "tfvrea";

    /// <summary>Makes an expression fit; it must be a valid one.</summary>
    public static BlockPattern Of(string pattern, bool ignoreCase)
    {
        var text = new StringBuilder();
        var candidates = new StringBuilder();
        var hasCandidates = true;
        var unit = MatchUnit.Byte;
        for (var at = 0; at < pattern.Length;)
        {
            if (Element(pattern, ref at, ignoreCase) is not { } element) return new(pattern, MatchUnit.Line);
            text.Append(element.Text);
            // Any number of any non-ASCII characters is any number of their bytes.
            var isAnyNumber = element.MatchesAllOthers && at < pattern.Length && pattern[at] == '*';
            var needsCharacters = element.MatchesOthers && !isAnyNumber;
            if (needsCharacters) unit = MatchUnit.Character;
            hasCandidates &= !needsCharacters || element.MatchesAllOthers;
            candidates.Append(needsCharacters ? $"(?:{element.Text}|{OtherBytes})" : element.Text);
        }

        return new(text.ToString(), unit, unit == MatchUnit.Character && hasCandidates ? candidates.ToString() : null);
    }

    /// <summary>True for a letter that equals one outside ASCII when case is ignored: k is also the Kelvin sign.</summary>
    public static bool HasOtherCase(char letter) => letter is 'k' or 'K';

    // Null for what is not understood.
    private static PatternElement? Element(string pattern, ref int at, bool ignoreCase)
    {
        var first = pattern[at++];
        switch (first)
        {
            case '\\':
                return Escape(pattern[at++]);
            case '[':
                return CharacterClass.Read(pattern, ref at, ignoreCase);
            case '(' when at < pattern.Length && pattern[at] == '?':
                if (pattern[at + 1] != ':') return null;
                at += 2;
                return new("(?:");
            case '.':
                return new(".", MatchesOthers: true, MatchesAllOthers: true);
            default:
                return new(first.ToString(), MatchesOthers: first >= 0x80 || (ignoreCase && HasOtherCase(first)));
        }
    }

    private static PatternElement? Escape(char escaped) => escaped switch
    {
        'd' or 'w' or 'S' or 'b' or 'B' => new($"\\{escaped}", MatchesOthers: true),
        's' => new(@"[^\S\n]", MatchesOthers: true),
        'D' => new(@"[^\d\n]", MatchesOthers: true),
        'W' => new(@"[^\w\n]", MatchesOthers: true),
        _ when PlainEscapes.Contains(escaped, StringComparison.Ordinal) || IsPlain(escaped) => new($"\\{escaped}"),
        _ => null,
    };

    /// <summary>True for ASCII punctuation and space that mean themselves when escaped; &lt; and ' may begin an old form of back-reference.</summary>
    public static bool IsPlain(char escaped) => (char.IsAsciiLetterOrDigit(escaped), escaped) is (false, >= ' ' and < (char)0x7F and not ('_' or '<' or '\''));
}

/// <summary>One element of an expression.</summary>
/// <param name="Text">The element, rewritten to match no line feed.</param>
/// <param name="MatchesOthers">It may match, or look at, characters outside ASCII.</param>
/// <param name="MatchesAllOthers">It matches every character outside ASCII.</param>
internal readonly record struct PatternElement(string Text, bool MatchesOthers = false, bool MatchesAllOthers = false);

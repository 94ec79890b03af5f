using System.Text;

namespace MapReduce.Jobs.Matching;

/// <summary>Reads a character class of an expression and rewrites it to match no line feed.</summary>
internal sealed class CharacterClass
{
    private readonly StringBuilder _members = new();
    private bool _hasLineFeed, _hasOthers;

    /// <summary>Reads the class after its opening bracket.</summary>
    /// <returns>Null when it holds what is not understood: subtraction, named sets, numbered characters.</returns>
    public static PatternElement? Read(string pattern, ref int at, bool ignoreCase)
    {
        var isNegated = pattern[at] == '^';
        if (isNegated) at++;
        var members = new CharacterClass();
        for (var first = at; pattern[at] != ']' || at == first;)
            if (!members.Add(pattern, ref at, ignoreCase)) return null;
        at++;
        return members.ToElement(isNegated);
    }

    private PatternElement ToElement(bool isNegated) => isNegated
        ? new($"[^{_members}\\n]", MatchesOthers: true, MatchesAllOthers: !_hasOthers)
        : new(_hasLineFeed ? $"[{_members}-[\\n]]" : $"[{_members}]", _hasOthers);

    private bool Add(string pattern, ref int at, bool ignoreCase)
    {
        var low = pattern[at++];
        if (low == '[') return false;
        if (low == '\\') return AddEscape(pattern[at++], pattern, at);
        var isRange = pattern[at] == '-' && pattern[at + 1] != ']';
        if (!isRange)
        {
            _hasOthers |= low >= 0x80 || (ignoreCase && BlockPattern.HasOtherCase(low));
            // Other members will stand beside these, where they would mean more than themselves.
            if (low is '-' or ']' or '^') _members.Append('\\');
            _members.Append(low);
            return true;
        }

        var high = pattern[at + 1];
        at += 2;
        if (!char.IsAsciiLetterOrDigit(low) || !char.IsAsciiLetterOrDigit(high)) return false;
        _hasOthers |= ignoreCase;
        _members.Append(low).Append('-').Append(high);
        return true;
    }

    private bool AddEscape(char escaped, string pattern, int next)
    {
        // Whether the escape is an end of a range is for the regex parser to say.
        if (pattern[next] == '-' && pattern[next + 1] != ']') return false;
        if (escaped is not ('d' or 'w' or 's' or 'D' or 'W' or 'S' or 't' or 'f' or 'v' or 'r') && !BlockPattern.IsPlain(escaped)) return false;
        _hasOthers |= escaped is 'd' or 'w' or 's' or 'D' or 'W' or 'S';
        _hasLineFeed |= escaped is 's' or 'D' or 'W';
        _members.Append('\\').Append(escaped);
        return true;
    }
}

using System.Text;

namespace MapReduce.Input;

/// <summary>One name of a glob: <c>*</c> stands for any characters, <c>?</c> for one, <c>[a-z]</c> or <c>[!a-z]</c> for one of a set.</summary>
internal sealed record GlobSegment(string Text)
{
    /// <summary>True for <c>**</c>, which stands for any number of directories, none included.</summary>
    public bool IsRecursive => Text == "**";

    /// <summary>True when the text is more than a plain name. A bracket that is never closed is plain.</summary>
    public bool IsWild => Text.AsSpan().ContainsAny('*', '?') || Enumerable.Range(0, Text.Length).Any(at => Text[at] == '[' && SetEnd(Text, at) > 0);

    /// <summary>True when the whole name fits. A hidden name fits only where the glob says its first character.</summary>
    public bool Matches(string name)
    {
        if (name.StartsWith('.') || name.StartsWith('_'))
        {
            if (!Text.StartsWith(name[0])) return false;
        }

        return Matches(Text, name);
    }

    // A star that matched too little takes one character more and the rest is tried again; only the last star need be.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, starEnd = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starEnd = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, name, ref n))
            {
                continue;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++starEnd;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, ReadOnlySpan<char> name, ref int n)
    {
        var value = Next(name, n, out var nameEnd);
        var setEnd = pattern[p] == '[' ? SetEnd(pattern, p) : -1;
        var wanted = Next(pattern, p, out var patternEnd);
        if (setEnd > 0)
        {
            if (!InSet(pattern[(p + 1)..setEnd], value)) return false;
            patternEnd = setEnd + 1;
        }
        else if (pattern[p] != '?' && wanted != value)
        {
            return false;
        }

        (p, n) = (patternEnd, nameEnd);
        return true;
    }

    // The index of the closing bracket, or -1. One that comes first in the set is a member of it.
    private static int SetEnd(ReadOnlySpan<char> pattern, int open)
    {
        var first = open + 1;
        if (first < pattern.Length && pattern[first] is '!' or '^') first++;
        var end = first + 1 < pattern.Length ? pattern[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? -1 : first + 1 + end;
    }

    private static bool InSet(ReadOnlySpan<char> set, Rune value)
    {
        var negated = set[0] is '!' or '^';
        var found = false;
        for (var at = negated ? 1 : 0; at < set.Length;)
        {
            var from = Next(set, at, out at);
            var to = from;
            if (at + 1 < set.Length && set[at] == '-') to = Next(set, at + 1, out at);
            found |= from <= value && value <= to;
        }

        return found != negated;
    }

    private static Rune Next(ReadOnlySpan<char> text, int at, out int end)
    {
        Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
        end = at + length;
        return rune;
    }
}

using System.Text;
using System.Text.RegularExpressions;
using MapReduce.Jobs;
using MapReduce.Jobs.Matching;

namespace Jobs.Tests.Matching;

/// <summary>Whatever a block is searched by, the lines found are those that the expression matches when it sees nothing else.</summary>
public sealed class LineFinderTests
{
    private static readonly string[] Pieces =
        ["a", "b", "ab", " ", "é", "世", "\u212A", "k", "\t", "\r", "5", "\u0665", "\u00A0", "\u0085", "-", "]", "<", ">", "\\", "\U0001F600", ""];

    public static TheoryData<string> Patterns =>
    [
        "", "a", "a.b", "a.*b", ".", "..", "a.?b", "^a", "b$", "^$", "^", "$", "a|b", "(a|b)+ ", "(?:ab)*", "a{2}", "a*?b", "^.*$", "^.{3}$",
        "[ab]", "[^a]", "[^a]*b", "[^a]b", "a[^b]*", "^[^a]*$", "[a-c5]", "[]a]", "[^]a]", "[a-]", "[-a]", "[^-a]", "[a\\]]", "[^^a]", "[\\s,]", "[^\\s]", "[\\W]", "[\\D]a",
        "[+--]", "[a-z-[b]]", "\\s", "a\\s+", "\\s*$", "\\S", "\\S+b", "\\w+", "\\W", "\\d", "\\D+", "\\ba", "a\\b", "\\Ba", "\\.", "\\\\", "\\t", "\\r$",
        "a\\sb", "a\\n?b", "(?<!a)b", "(?=b)", "b(?!\\n)", "(?>a\\s*)$", "(a)\\1", "\\Aa", "b\\z", "\\<a", "(?i)A", "\\x61", "é", "[é]", "k", "[j-l]", "[^k]*a", "世|5",
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void TryFind_Regex_FindsTheLinesThatMatchAlone(string pattern)
    {
        foreach (var ignoreCase in new[] { false, true })
        {
            var alone = new Regex(pattern, RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0));
            var create = LineFinder.For(new GrepOptions(pattern, IgnoreCase: ignoreCase));
            for (var seed = 0; seed < 60; seed++)
            {
                var block = Block(new Random(seed));
                Assert.True(Expected(block, alone).SequenceEqual(Find(create(), block)), $"seed {seed}, ignore case {ignoreCase}");
            }
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("]<")]
    [InlineData("")]
    public void TryFind_Literal_FindsTheLinesThatContainIt(string literal)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var block = Block(new Random(seed));
            Assert.True(Expected(block, new Regex(Regex.Escape(literal))).SequenceEqual(Find(LineFinder.For(new GrepOptions(literal, Literal: true))(), block)), $"seed {seed}");
        }
    }

    [Fact]
    public void TryFind_BytesOtherThanUtf8_AreCharactersToo() =>
        Assert.Equal(["a\u00FFb"], Find(LineFinder.For(new GrepOptions("^a.b$"))(), [(byte)'x', (byte)'\n', (byte)'a', 0xFF, (byte)'b', (byte)'\n', 0xFF]));

    private static byte[] Block(Random random)
    {
        var text = new StringBuilder();
        // Every third block is ASCII alone, which is searched in another way.
        var isAscii = random.Next(3) == 0;
        var pieces = isAscii ? [.. Pieces.Where(piece => Ascii.IsValid(piece))] : Pieces;
        for (var count = random.Next(1, 40); count > 0; count--) text.Append(random.Next(4) == 0 ? "\n" : pieces[random.Next(pieces.Length)]);
        return Encoding.UTF8.GetBytes(text.Append(random.Next(2) == 0 ? "\n" : "b").ToString());
    }

    private static List<string> Expected(byte[] block, Regex regex)
    {
        var text = Encoding.UTF8.GetString(block);
        var lines = text.EndsWith('\n') ? text[..^1].Split('\n') : text.Split('\n');
        return [.. lines.Where(line => regex.IsMatch(line)).Select(line => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line)))];
    }

    private static List<string> Find(LineFinder finder, byte[] block)
    {
        var found = new List<string>();
        finder.Begin(block);
        var next = 0;
        while (finder.TryFind(block, ref next, out var line)) found.Add(Encoding.Latin1.GetString(line));
        return found;
    }
}

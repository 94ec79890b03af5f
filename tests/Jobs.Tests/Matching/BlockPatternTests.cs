using MapReduce.Jobs.Matching;

namespace Jobs.Tests.Matching;

public sealed class BlockPatternTests
{
    [Theory]
    [InlineData("theory", nameof(MatchUnit.Byte))]
    [InlineData("^(a|b)+[c-e]{2,3}$", nameof(MatchUnit.Byte))]
    [InlineData("a.*b", nameof(MatchUnit.Byte))]
    [InlineData("\"[^\"]*\"", nameof(MatchUnit.Byte))]
    [InlineData("th.?e[a-z]+", nameof(MatchUnit.Character))]
    [InlineData("\\bword", nameof(MatchUnit.Character))]
    [InlineData("\\S*x", nameof(MatchUnit.Character))]
    [InlineData("é", nameof(MatchUnit.Character))]
    [InlineData("(?=a)", nameof(MatchUnit.Line))]
    [InlineData("(a)\\1", nameof(MatchUnit.Line))]
    [InlineData("\\p{Lu}", nameof(MatchUnit.Line))]
    public void Of_Pattern_RunsOverTheFastestThatIsExact(string pattern, string unit) =>
        Assert.Equal(unit, BlockPattern.Of(pattern, ignoreCase: false).Unit.ToString());

    [Theory]
    [InlineData("error", nameof(MatchUnit.Byte))]
    [InlineData("task", nameof(MatchUnit.Character))]
    [InlineData("[a-z]", nameof(MatchUnit.Character))]
    public void Of_IgnoreCase_DecodesForLettersWithOtherForms(string pattern, string unit) =>
        Assert.Equal(unit, BlockPattern.Of(pattern, ignoreCase: true).Unit.ToString());

    [Theory]
    [InlineData("a\\sb", "a[^\\S\\n]b")]
    [InlineData("[^a]", "[^a\\n]")]
    [InlineData("[\\s,]", "[\\s,-[\\n]]")]
    public void Of_ElementThatMatchesLineFeeds_IsRewritten(string pattern, string rewritten) =>
        Assert.Equal(rewritten, BlockPattern.Of(pattern, ignoreCase: false).Text);

    [Fact]
    public void HasOtherCase_Letters_AreAllThatTheRegexEngineKnows()
    {
        var options = System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant;
        var others = new string([.. Enumerable.Range(0x80, 0xD800 - 0x80).Select(code => (char)code)]);
        var letters = Enumerable.Range(0, 0x80).Select(code => (char)code)
            .Where(letter => System.Text.RegularExpressions.Regex.IsMatch(others, System.Text.RegularExpressions.Regex.Escape(letter.ToString()), options));
        Assert.Equal(letters, Enumerable.Range(0, 0x80).Select(code => (char)code).Where(BlockPattern.HasOtherCase));
    }

    [Theory]
    [InlineData("th.?e", @"th(?:.|[\x80-\xFF]{2,4})?e")]
    [InlineData("^[^x]{3}$", @"^(?:[^x\n]|[\x80-\xFF]{2,4}){3}$")]
    [InlineData("a.*b", null)]
    [InlineData(@"\w.", null)]
    public void Of_AnyCharacter_HasCandidatesByBytes(string pattern, string? candidates) =>
        Assert.Equal(candidates, BlockPattern.Of(pattern, ignoreCase: false).Candidates);
}

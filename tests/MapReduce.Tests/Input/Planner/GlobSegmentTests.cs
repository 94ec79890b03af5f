using MapReduce.Input;

namespace MapReduce.Tests.Input.Planner;

public class GlobSegmentTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "aXbYbc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("*.*", "a.b", true)]
    [InlineData("*.*", "ab", false)]
    [InlineData("a**", "a", true)]
    [InlineData("?", "é", true)]
    [InlineData("?", "😀", true)]
    [InlineData("?", "ab", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "ax", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[!]a]", "]", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[😀-😂]", "😁", true)]
    [InlineData("[*]", "*", true)]
    [InlineData("[*]", "a", false)]
    [InlineData("[a", "[a", true)]
    [InlineData("*[0-9].gz", "part-7.gz", true)]
    [InlineData("*", ".hidden", false)]
    [InlineData("?hidden", "_hidden", false)]
    [InlineData("[._]x", ".x", false)]
    [InlineData(".*", ".hidden", true)]
    [InlineData("_*", "_hidden", true)]
    [InlineData("A", "a", false)]
    public void Matches_Name_AsExpected(string glob, string name, bool matches) =>
        Assert.Equal(matches, new GlobSegment(glob).Matches(name));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("[open", false)]
    [InlineData("[]", false)]
    [InlineData("a[b]", true)]
    [InlineData("a?", true)]
    [InlineData("**", true)]
    public void IsWild_Text_AsExpected(string text, bool wild) => Assert.Equal(wild, new GlobSegment(text).IsWild);

    [Fact]
    public void Matches_ManyStars_EndsSoon() =>
        Assert.False(new GlobSegment(string.Concat(Enumerable.Repeat("a*", 50)) + "b").Matches(new string('a', 2000)));
}

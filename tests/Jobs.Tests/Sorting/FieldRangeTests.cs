using System.Text;
using MapReduce.Jobs.Sorting;

namespace Jobs.Tests.Sorting;

public sealed class FieldRangeTests
{
    [Theory]
    [InlineData("1", "  a b  c", "  a b  c")]
    [InlineData("1,1", "  a b  c", "  a")]
    [InlineData("2", "  a b  c", " b  c")]
    [InlineData("3,3", "  a b  c", "  c")]
    [InlineData("2,2", "a\t b c", "\t b")]
    [InlineData("4", "  a b  c", "")]
    [InlineData("2,2", "a ", " ")]
    [InlineData("3,2", "a b c", "")]
    public void Of_Blanks_BelongToTheFieldBehindThem(string key, string line, string part) => Assert.Equal(part, Part(key, null, line));

    [Theory]
    [InlineData("1,1", ":a:b", "")]
    [InlineData("2", ":a:b", "a:b")]
    [InlineData("2,2", ":a:b", "a")]
    [InlineData("2,3", ":a:b", "a:b")]
    [InlineData("1,2", "::", ":")]
    [InlineData("4", ":a:b", "")]
    [InlineData("3,9", ":a:b", "b")]
    public void Of_Separator_BelongsToNoField(string key, string line, string part) => Assert.Equal(part, Part(key, ":", line));

    private static string Part(string key, string? separator, string line) =>
        Encoding.Latin1.GetString(FieldRange.Parse(key, separator)!.Of(Encoding.Latin1.GetBytes(line)));
}

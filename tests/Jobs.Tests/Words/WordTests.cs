using System.Text;
using MapReduce.Jobs.Words;

namespace Jobs.Tests.Words;

public sealed class WordTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("  a1b ", "a|b")]
    [InlineData("naïve—Ωμέγα", "naïve|Ωμέγα")]
    [InlineData("e\u0301a", "e|a")]
    [InlineData("世界\uFEFF𝒜", "世界|𝒜")]
    public void LetterWords_Text_AreItsRunsOfLetters(string text, string words) => Assert.Equal(words, Letters(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void LetterWords_BytesOtherThanUtf8_EndWords() => Assert.Equal("a|b|c", Letters([(byte)'a', 0xC3, (byte)'b', 0xFF, (byte)'c', 0xE2, 0x82]));

    [Theory]
    [InlineData("The ÉCLAIR", "the éclair")]
    [InlineData("ΑΒΓ Дом", "αβγ дом")]
    [InlineData("\u212A\u023A\u023A\u023A", "k\u2C65\u2C65\u2C65")]
    public void LowerCase_Text_IsLower(string text, string lower) => Assert.Equal(lower, Encoding.UTF8.GetString(new LowerCase().Apply(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void LowerCase_BytesOtherThanUtf8_Stay() => Assert.Equal([0x61, 0xFF, 0xC3, 0x62], new LowerCase().Apply([0x41, 0xFF, 0xC3, 0x42]).ToArray());

    [Fact]
    public void RecentWords_Repeat_IsKnownUntilForgotten()
    {
        var recent = new RecentWords();
        Assert.Equal((true, false), (recent.Add("word"u8), recent.Add("word"u8)));
        recent.Forget();
        Assert.True(recent.Add("word"u8));
    }

    [Theory]
    [InlineData("", "\0")]
    [InlineData("a", "a\0")]
    [InlineData("a-word-of-more-than-thirty-two-bytes", "a-word-of-more-than-thirty-two-bytes")]
    public void RecentWords_OtherWord_IsNotKnown(string first, string second)
    {
        var recent = new RecentWords();
        recent.Add(Encoding.UTF8.GetBytes(first));
        Assert.True(recent.Add(Encoding.UTF8.GetBytes(second)));
    }

    private static string Letters(byte[] text)
    {
        var words = new List<string>();
        foreach (var word in new LetterWords(text)) words.Add(Encoding.UTF8.GetString(word));
        return string.Join('|', words);
    }
}

using System.Text;
using MapReduce.Jobs.Sorting;

namespace Jobs.Tests.Sorting;

public sealed class OrderedNumberTests
{
    [Fact]
    public void Write_Numbers_AscendAsBytes()
    {
        string[] ascending = ["-" + new string('9', 300), "-" + new string('9', 254), "-10", "-9.5", "-9", "-.51", "-.5", "-0.05", "0", ".05", "0.5", ".51", "1", "1.05", "9", "10", "10.000001", new('9', 254), new('9', 255), new('9', 300)];
        for (var i = 1; i < ascending.Length; i++)
            Assert.True(Encode(ascending[i - 1]).AsSpan().SequenceCompareTo(Encode(ascending[i])) < 0, $"{ascending[i - 1]} < {ascending[i]}");
    }

    [Theory]
    [InlineData("007", "7")]
    [InlineData("7.", "7")]
    [InlineData("7.500", "7.5")]
    [InlineData(" \t7", "7")]
    [InlineData("7x9", "7")]
    [InlineData("7e9", "7")]
    [InlineData("-0.0", "0")]
    [InlineData("-", "0")]
    [InlineData("+7", "0")]
    [InlineData("- 7", "0")]
    [InlineData("", "0")]
    [InlineData("1.2.3", "1.2")]
    public void Write_FormsOfOneNumber_AreEqualBytes(string text, string same) => Assert.Equal(Encode(same), Encode(text));

    private static byte[] Encode(string text)
    {
        var to = new byte[text.Length + OrderedNumber.MostOverhead];
        return to[..OrderedNumber.Write(Encoding.ASCII.GetBytes(text), to)];
    }
}

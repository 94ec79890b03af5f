using MapReduce.App.Formatting;

namespace App.Tests.Formatting;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("67108864", 67108864)]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("64 mib", 64L << 20)]
    [InlineData("64M", 64L << 20)]
    [InlineData("64MB", 64_000_000)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("2k", 2048)]
    [InlineData("12B", 12)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void TryParse_Size_IsInBytes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("1MiBs")]
    [InlineData("1XB")]
    [InlineData("1.2.3")]
    [InlineData("9223372036854775808")]
    [InlineData("8192PiB")]
    [InlineData("99999999999999999999999999999999T")]
    public void TryParse_NoSize_IsFalse(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(12_900_000, "12.3 MiB")]
    [InlineData(1L << 30, "1.00 GiB")]
    [InlineData(512L << 20, "512 MiB")]
    public void Format_Bytes_HasThreeDigitsAndUnit(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}

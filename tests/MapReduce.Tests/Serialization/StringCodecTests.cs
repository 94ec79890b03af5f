using System.Text;
using FsCheck;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class StringCodecTests : CodecProperties<string, StringCodec>
{
    protected override Gen<string> Values => Nasty.Strings;

    protected override int Compare(string left, string right) => Utf8Order.Compare(left, right);

    protected override bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    [Fact]
    public void Encode_Text_IsUtf8() => Assert.Equal(Encoding.UTF8.GetBytes("aé😀"), Bytes("aé😀"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Encode_LoneSurrogate_ThrowsNamingIt(int kind)
    {
        // Not inline data: a test's arguments are themselves sent as UTF-8.
        var text = kind switch { 0 => "ab\uD83D", 1 => "ab\uDE00c", _ => "ab\uD83Dx" };
        var error = Assert.Throws<ArgumentException>(() => Bytes(text));
        Assert.Contains("at index 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_Null_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>(() => StringCodec.Encode(null!, []));

    [Fact]
    public void Encode_DestinationTooSmall_Throws() =>
        Assert.Throws<ArgumentException>(() => StringCodec.Encode("abc", new byte[2]));

    [Fact]
    public void Decode_InvalidUtf8_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => StringCodec.Decode([0x61, 0xFF]));
}

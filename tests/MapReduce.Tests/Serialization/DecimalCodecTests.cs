using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class DecimalCodecTests : CodecProperties<decimal, DecimalCodec>
{
    protected override Gen<decimal> Values => Gen.OneOf(
        from low in Nasty.Bits<int>()
        from middle in Nasty.Bits<int>()
        from high in Nasty.Bits<int>()
        from negative in Gen.Elements(false, true)
        from scale in Gen.Choose(0, 28)
        select new decimal(low, middle, high, negative, (byte)scale),
        from number in Gen.Choose(-30, 30) from scale in Gen.Choose(0, 28) select new decimal(Math.Abs(number), 0, 0, number < 0, (byte)scale),
        Gen.Elements(0m, 0.00m, new decimal(0, 0, 0, true, 3), 1m, 1.0m, 1.00m, 10m, 100.000m, decimal.MaxValue, decimal.MinValue, 1e-28m, -1e-28m, 7e28m, 0.1m, 0.10m));

    protected override int Compare(decimal left, decimal right) => left.CompareTo(right);

    [Theory]
    [InlineData("1.00", "1"), InlineData("100", "100"), InlineData("-0.50", "-0.5"), InlineData("0.000", "0"), InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Decode_EncodedText_IsTheShortest(string text, string expected) =>
        Assert.Equal(expected, DecimalCodec.Decode(Bytes(decimal.Parse(text, CultureInfo.InvariantCulture))).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Decode_NumberThatNoDecimalHolds_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => DecimalCodec.Decode([0xFF, .. Enumerable.Repeat((byte)1, 13)]));
}

public class GuidCodecTests : CodecProperties<Guid, GuidCodec>
{
    protected override Gen<Guid> Values => Gen.OneOf(Nasty.Bits<Guid>(), Gen.Elements<byte>(0, 1, 0x7F, 0x80, 0xFF).ArrayOf(16).Select(bytes => new Guid(bytes)));

    protected override int Compare(Guid left, Guid right) => left.CompareTo(right);

    [Fact]
    public void Encode_Guid_IsAsWritten() =>
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(Bytes(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"))));
}

using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class BooleanCodecTests : CodecProperties<bool, BooleanCodec>
{
    protected override Gen<bool> Values => Gen.Elements(false, true);

    protected override int Compare(bool left, bool right) => left.CompareTo(right);

    [Fact]
    public void Decode_ByteTwo_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => BooleanCodec.Decode([2]));
}

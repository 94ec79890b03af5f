using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class NoValueCodecTests : CodecProperties<NoValue, NoValueCodec>
{
    protected override Gen<NoValue> Values => Gen.Constant(default(NoValue));

    protected override int Compare(NoValue left, NoValue right) => 0;

    [Fact]
    public void Decode_OneByte_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => NoValueCodec.Decode([0]));
}

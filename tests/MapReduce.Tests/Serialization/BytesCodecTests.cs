using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class ByteArrayCodecTests : CodecProperties<byte[], ByteArrayCodec>
{
    protected override Gen<byte[]> Values => Nasty.ByteArrays;

    protected override int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    [Fact]
    public void Encode_Null_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>(() => ByteArrayCodec.Encode(null!, []));
}

public class SpanCodecTests
{
    [Fact]
    public void Encode_AnyBytes_AreThemselves() =>
        Prop.ForAll(Arb.From(Nasty.ByteArrays), bytes =>
        {
            var room = new byte[SpanCodec.MaxLength(bytes)];
            return SpanCodec.Encode(bytes, room) == bytes.Length && room.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_Bytes_RefersToThem()
    {
        byte[] bytes = [1, 2, 3];
        Assert.True(SpanCodec.Decode(bytes) == bytes);
    }
}

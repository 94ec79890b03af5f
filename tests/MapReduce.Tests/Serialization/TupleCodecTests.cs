using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class FixedPairCodecTests : CodecProperties<(int, double), TupleCodec<int, IntegerCodec<int>, double, DoubleCodec>>
{
    protected override Gen<(int, double)> Values =>
        from first in Gen.Choose(-1, 1) from second in Gen.Choose(-3, 3) select (first, second / 2.0);

    protected override int Compare((int, double) left, (int, double) right) => left.CompareTo(right);
}

public class BytesPairCodecTests : CodecProperties<(byte[], byte[]), TupleCodec<byte[], ByteArrayCodec, byte[], ByteArrayCodec>>
{
    protected override Gen<(byte[], byte[])> Values =>
        from first in Nasty.ByteArrays from second in Nasty.ByteArrays select (first, second);

    protected override int Compare((byte[], byte[]) left, (byte[], byte[]) right)
    {
        var first = left.Item1.AsSpan().SequenceCompareTo(right.Item1);
        return first != 0 ? first : left.Item2.AsSpan().SequenceCompareTo(right.Item2);
    }
}

public class MixedTripleCodecTests : CodecProperties<(string, long, string), TupleCodec<string, StringCodec, long, IntegerCodec<long>, string, StringCodec>>
{
    protected override Gen<(string, long, string)> Values =>
        from first in Nasty.Strings from second in Nasty.Integers<long>() from third in Nasty.Strings select (first, second, third);

    protected override int Compare((string, long, string) left, (string, long, string) right) =>
        CompareAll(Utf8Order.Compare(left.Item1, right.Item1), left.Item2.CompareTo(right.Item2), Utf8Order.Compare(left.Item3, right.Item3));

    private static int CompareAll(params int[] orders) => orders.FirstOrDefault(order => order != 0);
}

public class NestedQuadrupleCodecTests : CodecProperties<((byte[], bool), NoValue, string, char), TupleCodec<(byte[], bool), TupleCodec<byte[], ByteArrayCodec, bool, BooleanCodec>, NoValue, NoValueCodec, string, StringCodec, char, IntegerCodec<char>>>
{
    protected override Gen<((byte[], bool), NoValue, string, char)> Values =>
        from bytes in Nasty.ByteArrays
        from flag in Gen.Elements(false, true)
        from text in Nasty.Strings
        from last in Nasty.Integers<char>()
        select ((bytes, flag), default(NoValue), text, last);

    protected override int Compare(((byte[], bool), NoValue, string, char) left, ((byte[], bool), NoValue, string, char) right)
    {
        var order = left.Item1.Item1.AsSpan().SequenceCompareTo(right.Item1.Item1);
        if (order == 0) order = left.Item1.Item2.CompareTo(right.Item1.Item2);
        if (order == 0) order = Utf8Order.Compare(left.Item3, right.Item3);
        return order == 0 ? left.Item4.CompareTo(right.Item4) : order;
    }
}

public class TupleCodecErrorTests
{
    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x61 })]
    [InlineData(new byte[] { 0x61, 0x00 })]
    [InlineData(new byte[] { 0x00, 0xFF })]
    [InlineData(new byte[] { 0x61, 0x00, 0x01, 0x00, 0x00 })]
    public void Decode_ItemWithoutEnd_ThrowsFormatException(byte[] bytes) =>
        Assert.Throws<FormatException>(() => TupleCodec<byte[], ByteArrayCodec, byte[], ByteArrayCodec>.Decode(bytes));

    [Fact]
    public void Decode_FixedItemCutShort_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => TupleCodec<int, IntegerCodec<int>, byte[], ByteArrayCodec>.Decode([1, 2, 3]));

    [Fact]
    public void Encode_VaryingItem_IsEscapedAndEnded()
    {
        var room = new byte[32];
        var length = TupleCodec<byte[], ByteArrayCodec, byte[], ByteArrayCodec>.Encode(([0x61, 0x00], [0x00]), room);
        Assert.Equal("6100FF000000", Convert.ToHexString(room, 0, length));
    }
}

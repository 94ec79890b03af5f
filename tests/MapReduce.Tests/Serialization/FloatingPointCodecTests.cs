using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public abstract class FloatingPointCodecTests<T, TCodec> : CodecProperties<T, TCodec>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    where TCodec : struct, ICodec<T>
{
    protected override Gen<T> Values => Gen.OneOf(
        Nasty.Bits<T>(),
        Gen.Elements(T.NegativeInfinity, T.MinValue, -T.One, -T.Epsilon, T.NegativeZero, T.Zero, T.Epsilon, T.One, T.MaxValue, T.PositiveInfinity, T.NaN, -T.NaN));

    protected override int Compare(T left, T right) => default(TotalOrderIeee754Comparer<T>).Compare(left, right);

    [Fact]
    public void Encode_AscendingValues_AscendingBytes()
    {
        T[] ascending = [-T.Abs(T.NaN), T.NegativeInfinity, T.MinValue, -T.One, -T.Epsilon, T.NegativeZero, T.Zero, T.Epsilon, T.One, T.MaxValue, T.PositiveInfinity, T.Abs(T.NaN)];
        var encoded = ascending.Select(Bytes).Select(Convert.ToHexString).ToArray();
        Assert.Equal(encoded.Order(StringComparer.Ordinal), encoded);
    }
}

public class DoubleCodecTests : FloatingPointCodecTests<double, DoubleCodec>
{
    protected override bool Same(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);
}

public class SingleCodecTests : FloatingPointCodecTests<float, SingleCodec>
{
    protected override bool Same(float left, float right) =>
        BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);
}

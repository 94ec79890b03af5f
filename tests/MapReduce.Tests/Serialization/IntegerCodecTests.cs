using System.Numerics;
using FsCheck;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public abstract class IntegerCodecTests<T> : CodecProperties<T, IntegerCodec<T>>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    protected override Gen<T> Values => Nasty.Integers<T>();

    protected override int Compare(T left, T right) => left.CompareTo(right);

    [Fact]
    public void Encode_LeastValue_IsAllZeros() => Assert.All(Bytes(T.MinValue), bits => Assert.Equal(0x00, bits));

    [Fact]
    public void Encode_GreatestValue_IsAllOnes() => Assert.All(Bytes(T.MaxValue), bits => Assert.Equal(0xFF, bits));

    [Fact]
    public void Decode_OneByteTooMany_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => IntegerCodec<T>.Decode(new byte[IntegerCodec<T>.FixedLength + 1]));
}

public class ByteCodecTests : IntegerCodecTests<byte>;

public class SByteCodecTests : IntegerCodecTests<sbyte>;

public class Int16CodecTests : IntegerCodecTests<short>;

public class UInt16CodecTests : IntegerCodecTests<ushort>;

public class Int32CodecTests : IntegerCodecTests<int>;

public class UInt32CodecTests : IntegerCodecTests<uint>;

public class Int64CodecTests : IntegerCodecTests<long>;

public class UInt64CodecTests : IntegerCodecTests<ulong>;

public class CharCodecTests : IntegerCodecTests<char>;

public class Int128CodecTests : IntegerCodecTests<Int128>;

public class UInt128CodecTests : IntegerCodecTests<UInt128>;

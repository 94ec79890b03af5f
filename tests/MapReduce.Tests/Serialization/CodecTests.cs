using System.Reflection;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public class CodecTests
{
    public static TheoryData<Type, Type> Known => new()
    {
        { typeof(string), typeof(StringCodec) },
        { typeof(byte[]), typeof(ByteArrayCodec) },
        { typeof(byte), typeof(IntegerCodec<byte>) },
        { typeof(sbyte), typeof(IntegerCodec<sbyte>) },
        { typeof(short), typeof(IntegerCodec<short>) },
        { typeof(ushort), typeof(IntegerCodec<ushort>) },
        { typeof(int), typeof(IntegerCodec<int>) },
        { typeof(uint), typeof(IntegerCodec<uint>) },
        { typeof(long), typeof(IntegerCodec<long>) },
        { typeof(ulong), typeof(IntegerCodec<ulong>) },
        { typeof(float), typeof(SingleCodec) },
        { typeof(double), typeof(DoubleCodec) },
        { typeof(bool), typeof(BooleanCodec) },
        { typeof(char), typeof(IntegerCodec<char>) },
        { typeof(NoValue), typeof(NoValueCodec) },
        { typeof((string, int)), typeof(TupleCodec<string, StringCodec, int, IntegerCodec<int>>) },
        { typeof((bool, bool, char)), typeof(TupleCodec<bool, BooleanCodec, bool, BooleanCodec, char, IntegerCodec<char>>) },
        { typeof((bool, bool, bool, NoValue)), typeof(TupleCodec<bool, BooleanCodec, bool, BooleanCodec, bool, BooleanCodec, NoValue, NoValueCodec>) },
        { typeof(((bool, bool), bool)), typeof(TupleCodec<(bool, bool), TupleCodec<bool, BooleanCodec, bool, BooleanCodec>, bool, BooleanCodec>) },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void For_KnownType_VisitsItsCodec(Type type, Type codec)
    {
        var found = typeof(CodecTests).GetMethod(nameof(CodecOf), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type).Invoke(null, null);
        Assert.Equal(codec, found);
    }

    [Fact]
    public void For_Span_VisitsSpanCodec() => Assert.Equal(typeof(SpanCodec), CodecOf<ReadOnlySpan<byte>>());

    private static Type CodecOf<T>()
        where T : allows ref struct =>
        Codec.For<T>().Accept(new TypeOfCodec<T>());

    private sealed class TypeOfCodec<T> : ICodecVisitor<T, Type>
        where T : allows ref struct
    {
        public Type Visit<TCodec>()
            where TCodec : struct, ICodec<T> => typeof(TCodec);
    }
}

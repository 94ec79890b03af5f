using System.Reflection;

namespace MapReduce.Serialization;

/// <summary>Finds the codec of one type, through the types that it is made of.</summary>
internal sealed class CodecFinder
{
    private static readonly Dictionary<Type, Type> Simple = new()
    {
        [typeof(ReadOnlySpan<byte>)] = typeof(SpanCodec),
        [typeof(string)] = typeof(StringCodec),
        [typeof(byte[])] = typeof(ByteArrayCodec),
        [typeof(Utf8Text)] = typeof(Utf8TextCodec),
        [typeof(byte)] = typeof(IntegerCodec<byte>),
        [typeof(sbyte)] = typeof(IntegerCodec<sbyte>),
        [typeof(short)] = typeof(IntegerCodec<short>),
        [typeof(ushort)] = typeof(IntegerCodec<ushort>),
        [typeof(int)] = typeof(IntegerCodec<int>),
        [typeof(uint)] = typeof(IntegerCodec<uint>),
        [typeof(long)] = typeof(IntegerCodec<long>),
        [typeof(ulong)] = typeof(IntegerCodec<ulong>),
        [typeof(Int128)] = typeof(IntegerCodec<Int128>),
        [typeof(UInt128)] = typeof(IntegerCodec<UInt128>),
        [typeof(float)] = typeof(SingleCodec),
        [typeof(double)] = typeof(DoubleCodec),
        [typeof(decimal)] = typeof(DecimalCodec),
        [typeof(bool)] = typeof(BooleanCodec),
        [typeof(char)] = typeof(IntegerCodec<char>),
        [typeof(Guid)] = typeof(GuidCodec),
        [typeof(DateTime)] = typeof(MappedCodec<DateTime, long, IntegerCodec<long>, DateTimeMapping>),
        [typeof(DateTimeOffset)] = typeof(MappedCodec<DateTimeOffset, long, IntegerCodec<long>, DateTimeOffsetMapping>),
        [typeof(DateOnly)] = typeof(MappedCodec<DateOnly, int, IntegerCodec<int>, DateOnlyMapping>),
        [typeof(TimeOnly)] = typeof(MappedCodec<TimeOnly, long, IntegerCodec<long>, TimeOnlyMapping>),
        [typeof(TimeSpan)] = typeof(MappedCodec<TimeSpan, long, IntegerCodec<long>, TimeSpanMapping>),
        [typeof(NoValue)] = typeof(NoValueCodec),
    };

    // A codec of these takes each part's type and codec in turn.
    private static readonly Dictionary<Type, Type> Composite = new()
    {
        [typeof(ValueTuple<,>)] = typeof(TupleCodec<,,,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleCodec<,,,,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleCodec<,,,,,,,>),
        [typeof(Nullable<>)] = typeof(NullableCodec<,>),
        [typeof(Descending<>)] = typeof(DescendingCodec<,>),
        [typeof(Joined<,>)] = typeof(JoinedCodec<,,,>),
    };

    private readonly Type _root;
    private readonly Stack<(Type Type, string Member)> _path = [];

    private CodecFinder(Type root) => _root = root;

    /// <exception cref="NotSupportedException">There is none; names the type, and the part of it that is to blame.</exception>
    public static Type Find(Type type) => new CodecFinder(type).Find(type, "");

    private Type Find(Type type, string member)
    {
        if (_path.Any(outer => outer.Type == type)) throw None(type, member, "it contains itself");
        _path.Push((type, member));
        var codec = Own(type) ?? Simple.GetValueOrDefault(type) ?? Compose(type) ?? Record(type);
        _path.Pop();
        return codec;
    }

    private Type? Own(Type type)
    {
        if (type.GetCustomAttribute<CodecAttribute>(inherit: false)?.Codec is not { } codec) return null;
        if (codec.IsGenericTypeDefinition && type.IsGenericType) codec = codec.MakeGenericType(type.GetGenericArguments());
        if (!codec.IsValueType || !codec.IsAssignableTo(typeof(ICodec<>).MakeGenericType(type)))
            throw None(type, "", $"its attribute names {TypeName.Of(codec)}, which is no struct that implements ICodec<{TypeName.Of(type)}>");
        return codec;
    }

    private Type? Compose(Type type)
    {
        if (type.IsEnum)
        {
            var underlying = type.GetEnumUnderlyingType();
            return Mapped(type, underlying, Simple[underlying], typeof(EnumMapping<,>));
        }

        if (type.IsSZArray) return typeof(ArrayCodec<,>).MakeGenericType(type.GetElementType()!, Find(type.GetElementType()!, "[]"));
        if (!type.IsGenericType || !Composite.TryGetValue(type.GetGenericTypeDefinition(), out var codec)) return null;
        return codec.MakeGenericType([.. type.GetGenericArguments().SelectMany((part, i) => new[] { part, Find(part, $"item {i + 1}") })]);
    }

    private Type Record(Type type)
    {
        var (shape, problem) = RecordShape.Of(type);
        if (shape is null) throw None(type, "", problem);
        var types = shape.Members.Select(member => member.Type).ToArray();
        return Mapped(type, RecordExpressions.TupleOf(types), TupleOf(types, [.. shape.Members.Select(Find)]), typeof(RecordMapping<,>));
    }

    private Type Find(RecordMember member)
    {
        var codec = Find(member.Type, member.Name);
        return member.IsNullable ? typeof(NullableClassCodec<,>).MakeGenericType(member.Type, codec) : codec;
    }

    // As RecordExpressions.TupleOf nests the types.
    private static Type TupleOf(ReadOnlySpan<Type> types, ReadOnlySpan<Type> codecs)
    {
        if (types.Length == 1) return codecs[0];
        if (types.Length > 4) return TupleOf([types[0], types[1], types[2], RecordExpressions.TupleOf(types[3..])], [codecs[0], codecs[1], codecs[2], TupleOf(types[3..], codecs[3..])]);
        var parts = new List<Type>();
        for (var i = 0; i < types.Length; i++) parts.AddRange([types[i], codecs[i]]);
        return Composite[RecordExpressions.TupleOf(types).GetGenericTypeDefinition()].MakeGenericType([.. parts]);
    }

    private static Type Mapped(Type type, Type other, Type codec, Type mapping) =>
        typeof(MappedCodec<,,,>).MakeGenericType(type, other, codec, mapping.MakeGenericType(type, other));

    private NotSupportedException None(Type type, string member, string problem)
    {
        var path = string.Join('.', _path.Reverse().Select(step => step.Member).Append(member).Where(step => step.Length > 0));
        var part = path.Length == 0 ? "" : $", since its part {path} is a {TypeName.Of(type)}";
        return new NotSupportedException(
            $"No codec for {TypeName.Of(_root)}{part}: {problem}. A key or value is a number, text (String, Utf8Text, Byte[], Char), a Boolean, Guid, date, time, enum or NoValue, or an array, tuple, record or struct of these. Give any other type a codec by [Codec(typeof(...))], which names a struct that implements ICodec of it.");
    }
}

namespace MapReduce.Serialization;

/// <summary>Finds the codec for a type of key or value. Safe for concurrent use.</summary>
public static class Codec
{
    private static readonly Dictionary<Type, Type> CodecTypes = new()
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
        [typeof(float)] = typeof(SingleCodec),
        [typeof(double)] = typeof(DoubleCodec),
        [typeof(bool)] = typeof(BooleanCodec),
        [typeof(char)] = typeof(IntegerCodec<char>),
        [typeof(NoValue)] = typeof(NoValueCodec),
    };

    // By the number of items; a tuple codec takes each item's type and codec in turn.
    private static readonly Dictionary<Type, Type> TupleCodecs = new()
    {
        [typeof(ValueTuple<,>)] = typeof(TupleCodec<,,,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleCodec<,,,,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleCodec<,,,,,,,>),
    };

    /// <summary>The codec for a type. Uses reflection: call it once when a job is planned, not for each record.</summary>
    /// <typeparam name="T">The type of a key or value; may be a ref struct.</typeparam>
    /// <exception cref="NotSupportedException">There is none; the message names the type and those that there are.</exception>
    public static Codec<T> For<T>()
        where T : allows ref struct
    {
        var codec = Find(typeof(T)) ?? throw new NotSupportedException(
            $"No codec for {TypeName.Of(typeof(T))}: a key or value is one of {string.Join(", ", CodecTypes.Keys.Select(TypeName.Of))}, or a tuple of two to four of them.");
        return (Codec<T>)Activator.CreateInstance(typeof(Codec<,>).MakeGenericType(typeof(T), codec))!;
    }

    private static Type? Find(Type type)
    {
        if (CodecTypes.TryGetValue(type, out var codec)) return codec;
        if (!type.IsGenericType || !TupleCodecs.TryGetValue(type.GetGenericTypeDefinition(), out var tuple)) return null;
        var items = type.GetGenericArguments();
        var codecs = Array.ConvertAll(items, Find);
        return codecs.Contains(null) ? null : tuple.MakeGenericType([.. items.Zip(codecs, (item, found) => new[] { item, found! }).SelectMany(pair => pair)]);
    }
}

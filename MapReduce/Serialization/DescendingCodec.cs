namespace MapReduce.Serialization;

/// <summary>The bits of the value's bytes, flipped. Bytes of varying length are first made to show their end: flipped, a prefix would come last.</summary>
internal readonly struct DescendingCodec<T, TCodec> : ICodec<Descending<T>>
    where TCodec : struct, ICodec<T>
{
    public static int FixedLength => TCodec.FixedLength;

    public static int MaxLength(Descending<T> value) => TupleItem<T, TCodec>.MaxLength(value.Value);

    public static int Encode(Descending<T> value, Span<byte> destination)
    {
        var length = TupleItem<T, TCodec>.Encode(value.Value, destination);
        foreach (ref var item in destination[..length]) item = (byte)~item;
        return length;
    }

    public static Descending<T> Decode(ReadOnlySpan<byte> bytes)
    {
        // An array and not the stack, because the value may refer to its bytes.
        var plain = new byte[bytes.Length];
        for (var i = 0; i < plain.Length; i++) plain[i] = (byte)~bytes[i];
        ReadOnlySpan<byte> rest = plain;
        var value = TupleItem<T, TCodec>.Decode(ref rest);
        if (!rest.IsEmpty) Malformed.Throw(typeof(Descending<T>), $"{rest.Length} bytes are left over");
        return new(value);
    }
}

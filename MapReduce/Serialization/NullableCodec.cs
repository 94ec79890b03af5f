namespace MapReduce.Serialization;

/// <summary>Null first, then the values: a byte, 0 or 1, and the value's own bytes. Null is padded where those are of fixed length.</summary>
internal readonly struct NullableCodec<T, TCodec> : ICodec<T?>
    where T : struct
    where TCodec : struct, ICodec<T>
{
    public static int FixedLength => Presence.FixedLength(TCodec.FixedLength);

    public static int MaxLength(T? value) => value is { } present ? checked(1 + TCodec.MaxLength(present)) : Presence.NullLength(TCodec.FixedLength);

    public static int Encode(T? value, Span<byte> destination)
    {
        if (value is not { } present) return Presence.EncodeNull(TCodec.FixedLength, destination);
        destination[0] = 1;
        return 1 + TCodec.Encode(present, destination[1..]);
    }

    public static T? Decode(ReadOnlySpan<byte> bytes) =>
        Presence.IsNull(bytes, TCodec.FixedLength, typeof(T?)) ? null : TCodec.Decode(bytes[1..]);
}

/// <summary>The same for a class, where a record's member is declared nullable.</summary>
internal readonly struct NullableClassCodec<T, TCodec> : ICodec<T?>
    where T : class
    where TCodec : struct, ICodec<T>
{
    public static int FixedLength => Presence.FixedLength(TCodec.FixedLength);

    public static int MaxLength(T? value) => value is null ? Presence.NullLength(TCodec.FixedLength) : checked(1 + TCodec.MaxLength(value));

    public static int Encode(T? value, Span<byte> destination)
    {
        if (value is null) return Presence.EncodeNull(TCodec.FixedLength, destination);
        destination[0] = 1;
        return 1 + TCodec.Encode(value, destination[1..]);
    }

    public static T? Decode(ReadOnlySpan<byte> bytes) =>
        Presence.IsNull(bytes, TCodec.FixedLength, typeof(T)) ? null : TCodec.Decode(bytes[1..]);
}

/// <summary>The byte before a value that may be null.</summary>
internal static class Presence
{
    public static int FixedLength(int valueLength) => valueLength >= 0 ? 1 + valueLength : -1;

    public static int NullLength(int valueLength) => 1 + Math.Max(valueLength, 0);

    public static int EncodeNull(int valueLength, Span<byte> destination)
    {
        var length = NullLength(valueLength);
        destination[..length].Clear();
        return length;
    }

    public static bool IsNull(ReadOnlySpan<byte> bytes, int valueLength, Type type)
    {
        if (bytes.IsEmpty || bytes[0] > 1) Malformed.Throw(type, "the first byte must be 0 for null or 1 for a value");
        if (bytes[0] == 1) return false;
        Malformed.ThrowIfNot(NullLength(valueLength), bytes.Length, type);
        return true;
    }
}

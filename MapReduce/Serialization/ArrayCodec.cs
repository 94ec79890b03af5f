namespace MapReduce.Serialization;

/// <summary>Arrays item by item: the first that differs decides, and an array comes before those that it begins.</summary>
internal readonly struct ArrayCodec<T, TCodec> : ICodec<T[]>
    where TCodec : struct, ICodec<T>
{
    public static int FixedLength => -1;

    public static int MaxLength(T[] value)
    {
        Absent.ThrowIfNull(value);
        if (TCodec.FixedLength >= 0) return checked(ItemLength * value.Length);
        var length = 0;
        foreach (var item in value) length = checked(length + TupleItem<T, TCodec>.MaxLength(item));
        return length;
    }

    public static int Encode(T[] value, Span<byte> destination)
    {
        Absent.ThrowIfNull(value);
        var length = 0;
        foreach (var item in value)
        {
            // Items without a byte must still be counted.
            length += TCodec.FixedLength == 0 ? EncodeEmpty(destination[length..]) : TupleItem<T, TCodec>.Encode(item, destination[length..]);
        }

        return length;
    }

    public static T[] Decode(ReadOnlySpan<byte> bytes)
    {
        var items = new List<T>();
        while (!bytes.IsEmpty)
        {
            if (TCodec.FixedLength == 0) bytes = bytes[1..];
            items.Add(TupleItem<T, TCodec>.Decode(ref bytes));
        }

        return [.. items];
    }

    private static int ItemLength => Math.Max(TCodec.FixedLength, 1);

    private static int EncodeEmpty(Span<byte> destination)
    {
        destination[0] = 1;
        return 1;
    }
}

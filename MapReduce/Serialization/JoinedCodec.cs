namespace MapReduce.Serialization;

/// <summary>A byte for the side, 0 for left and 1 for right, and the bytes of that side's value: the left side comes first.</summary>
internal readonly struct JoinedCodec<TLeft, TLeftCodec, TRight, TRightCodec> : ICodec<Joined<TLeft, TRight>>
    where TLeftCodec : struct, ICodec<TLeft>
    where TRightCodec : struct, ICodec<TRight>
{
    public static int FixedLength => -1;

    public static int MaxLength(Joined<TLeft, TRight> value) =>
        checked(1 + (value.IsRight ? TRightCodec.MaxLength(value.Right) : TLeftCodec.MaxLength(value.Left)));

    public static int Encode(Joined<TLeft, TRight> value, Span<byte> destination)
    {
        destination[0] = value.IsRight ? (byte)1 : (byte)0;
        return 1 + (value.IsRight ? TRightCodec.Encode(value.Right, destination[1..]) : TLeftCodec.Encode(value.Left, destination[1..]));
    }

    public static Joined<TLeft, TRight> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] > 1) Malformed.Throw(typeof(Joined<TLeft, TRight>), "the first byte must be 0 for the left side or 1 for the right");
        return bytes[0] == 1 ? new(true, default!, TRightCodec.Decode(bytes[1..])) : new(false, TLeftCodec.Decode(bytes[1..]), default!);
    }
}

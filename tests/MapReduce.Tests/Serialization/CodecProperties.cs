using FsCheck;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

/// <summary>Checks a codec on values that are likely to break it.</summary>
public abstract class CodecProperties<T, TCodec>
    where TCodec : struct, ICodec<T>
{
    /// <summary>Values to encode; nasty ones often.</summary>
    protected abstract Gen<T> Values { get; }

    private CodecChecks<T, TCodec> Checks => new(Values, Compare, Same);

    /// <summary>The sign of the order that the bytes must have.</summary>
    protected abstract int Compare(T left, T right);

    /// <summary>Exactly the same value, to the bit.</summary>
    protected virtual bool Same(T left, T right) => Compare(left, right) == 0;

    [Fact]
    public void Decode_EncodedValue_GivesItBack() => Checks.GivesValuesBack();

    [Fact]
    public void Encode_TwoValues_BytesOrderedAsValues() => Checks.OrdersBytesAsValues();

    [Fact]
    public void Encode_ValueTwice_SameBytes() => Checks.GivesTheSameBytesAgain();

    [Fact]
    public void MaxLength_Value_HoldsItsBytes() => Checks.NeedsNoMoreThanMaxLength();

    [Fact]
    public void FixedLength_Value_IsItsLengthOrVaries() => Checks.KeepsItsFixedLength();

    [Fact]
    public void Encode_LargerDestination_LeavesTheRestAlone() => Checks.LeavesTheRestAlone();

    protected static byte[] Bytes(T value) => CodecChecks<T, TCodec>.Bytes(value);
}

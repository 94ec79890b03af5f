using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

/// <summary>What every codec must keep, checked on values that are likely to break it.</summary>
public abstract class CodecProperties<T, TCodec>
    where TCodec : struct, ICodec<T>
{
    /// <summary>Values to encode; nasty ones often.</summary>
    protected abstract Gen<T> Values { get; }

    /// <summary>The sign of the order that the bytes must have.</summary>
    protected abstract int Compare(T left, T right);

    /// <summary>Exactly the same value, to the bit.</summary>
    protected virtual bool Same(T left, T right) => Compare(left, right) == 0;

    [Fact]
    public void Decode_EncodedValue_GivesItBack() =>
        ForAll(value => Same(value, TCodec.Decode(Bytes(value))));

    [Fact]
    public void Encode_TwoValues_BytesOrderedAsValues() =>
        ForAll((left, right) => Math.Sign(Bytes(left).AsSpan().SequenceCompareTo(Bytes(right))) == Math.Sign(Compare(left, right)));

    [Fact]
    public void Encode_ValueTwice_SameBytes() =>
        ForAll(value => Bytes(value).AsSpan().SequenceEqual(Bytes(value)));

    [Fact]
    public void MaxLength_Value_HoldsItsBytes() =>
        ForAll(value => Bytes(value).Length <= TCodec.MaxLength(value));

    [Fact]
    public void FixedLength_Value_IsItsLengthOrVaries() =>
        ForAll(value => TCodec.FixedLength == -1 || TCodec.FixedLength == Bytes(value).Length);

    [Fact]
    public void Encode_LargerDestination_LeavesTheRestAlone() =>
        ForAll(value =>
        {
            var room = new byte[TCodec.MaxLength(value) + 3];
            room.AsSpan(^3).Fill(0xA5);
            TCodec.Encode(value, room);
            return room.AsSpan(^3).IndexOfAnyExcept((byte)0xA5) < 0;
        });

    protected static byte[] Bytes(T value)
    {
        // Dirty memory, as a reused buffer is.
        var room = new byte[TCodec.MaxLength(value)];
        Array.Fill(room, (byte)0xCC);
        return room[..TCodec.Encode(value, room)];
    }

    private void ForAll(Func<T, bool> holds) => Prop.ForAll(Arb.From(Values), holds).QuickCheckThrowOnFailure();

    private void ForAll(Func<T, T, bool> holds) =>
        Prop.ForAll(Arb.From(Values.Two()), pair => holds(pair.Item1, pair.Item2)).QuickCheckThrowOnFailure();
}

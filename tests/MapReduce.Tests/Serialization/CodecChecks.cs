using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

/// <summary>What every codec must keep.</summary>
/// <param name="values">Values to encode; nasty ones often.</param>
/// <param name="compare">The sign of the order that the bytes must have.</param>
/// <param name="same">Whether what came back is what must.</param>
internal sealed class CodecChecks<T, TCodec>(Gen<T> values, Func<T, T, int> compare, Func<T, T, bool> same)
    where TCodec : struct, ICodec<T>
{
    public void GivesValuesBack() => ForAll(value => same(value, TCodec.Decode(Bytes(value))));

    public void OrdersBytesAsValues() =>
        ForAll((left, right) => Math.Sign(Bytes(left).AsSpan().SequenceCompareTo(Bytes(right))) == Math.Sign(compare(left, right)));

    public void GivesTheSameBytesAgain() => ForAll(value => Bytes(value).AsSpan().SequenceEqual(Bytes(value)));

    public void NeedsNoMoreThanMaxLength() => ForAll(value => Bytes(value).Length <= TCodec.MaxLength(value));

    public void KeepsItsFixedLength() => ForAll(value => TCodec.FixedLength == -1 || TCodec.FixedLength == Bytes(value).Length);

    public void LeavesTheRestAlone() => ForAll(value =>
    {
        var room = new byte[TCodec.MaxLength(value) + 3];
        room.AsSpan(^3).Fill(0xA5);
        TCodec.Encode(value, room);
        return room.AsSpan(^3).IndexOfAnyExcept((byte)0xA5) < 0;
    });

    public static byte[] Bytes(T value)
    {
        // Dirty memory, as a reused buffer is.
        var room = new byte[TCodec.MaxLength(value)];
        Array.Fill(room, (byte)0xCC);
        return room[..TCodec.Encode(value, room)];
    }

    private void ForAll(Func<T, bool> holds) => Prop.ForAll(Arb.From(values), holds).QuickCheckThrowOnFailure();

    private void ForAll(Func<T, T, bool> holds) =>
        Prop.ForAll(Arb.From(values.Two()), pair => holds(pair.Item1, pair.Item2)).QuickCheckThrowOnFailure();
}

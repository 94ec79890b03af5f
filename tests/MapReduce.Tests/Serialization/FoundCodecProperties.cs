using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

/// <summary>What every codec must keep, for the codec that a plan would find; alone, and as both items of a pair.</summary>
public abstract class FoundCodecProperties<T>
{
    protected abstract Gen<T> Values { get; }

    protected abstract int Compare(T left, T right);

    /// <summary>The value that must come back.</summary>
    protected virtual T Canonical(T value) => value;

    [Fact]
    public void Codec_Values_KeepsOrderAndValues() => Codec.For<T>().Accept(new All<T>(Values, Compare, Back));

    [Fact]
    public void Codec_PairsOfValues_KeepsOrderAndValues() => Codec.For<(T, T)>().Accept(new All<(T, T)>(
        from first in Values from second in Values select (first, second),
        (left, right) => Compare(left.Item1, right.Item1) is var order and not 0 ? order : Compare(left.Item2, right.Item2),
        (value, back) => Back(value.Item1, back.Item1) && Back(value.Item2, back.Item2)));

    private bool Back(T value, T back) => Print(Canonical(value)) == Print(back);

    // Every part of a value that its equality might leave out.
    private static string Print(T value) => value switch
    {
        DateTime time => $"{time:O}",
        DateTimeOffset time => $"{time:O}",
        Array array => string.Join('|', array.Cast<object>()),
        _ => $"{value}",
    };

    private sealed class All<TValue>(Gen<TValue> values, Func<TValue, TValue, int> compare, Func<TValue, TValue, bool> same) : ICodecVisitor<TValue, bool>
    {
        public bool Visit<TCodec>()
            where TCodec : struct, ICodec<TValue>
        {
            var checks = new CodecChecks<TValue, TCodec>(values, compare, same);
            checks.GivesValuesBack();
            checks.OrdersBytesAsValues();
            checks.GivesTheSameBytesAgain();
            checks.NeedsNoMoreThanMaxLength();
            checks.KeepsItsFixedLength();
            checks.LeavesTheRestAlone();
            return true;
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace MapReduce.Tests.Serialization;

public class ByteEnumCodecTests : FoundCodecProperties<CompositeCodecTests.Colour>
{
    protected override Gen<CompositeCodecTests.Colour> Values => Nasty.Integers<sbyte>().Select(value => (CompositeCodecTests.Colour)value);

    protected override int Compare(CompositeCodecTests.Colour left, CompositeCodecTests.Colour right) => left.CompareTo(right);
}

public class NullableIntegerCodecTests : FoundCodecProperties<int?>
{
    protected override Gen<int?> Values => Gen.OneOf(Gen.Constant<int?>(null), Nasty.Integers<int>().Select(value => (int?)value));

    protected override int Compare(int? left, int? right) => Nullable.Compare(left, right);
}

public class NullablePairCodecTests : FoundCodecProperties<(string, decimal)?>
{
    protected override Gen<(string, decimal)?> Values => Gen.OneOf(
        Gen.Constant<(string, decimal)?>(null),
        from text in Nasty.Strings from number in Gen.Choose(-2, 2) select ((string, decimal)?)(text, number / 2m));

    protected override int Compare((string, decimal)? left, (string, decimal)? right)
    {
        if (left is not { } one || right is not { } other) return left.HasValue.CompareTo(right.HasValue);
        return Utf8Order.Compare(one.Item1, other.Item1) is var order and not 0 ? order : one.Item2.CompareTo(other.Item2);
    }
}

public class IntegerArrayCodecTests : FoundCodecProperties<short[]>
{
    protected override Gen<short[]> Values => Gen.Elements<short>(-1, 0, 1, short.MaxValue).ArrayOf().Resize(4);

    protected override int Compare(short[] left, short[] right) => left.AsSpan().SequenceCompareTo(right);
}

public class StringArrayCodecTests : FoundCodecProperties<string[]>
{
    protected override Gen<string[]> Values => Gen.Elements("", "\0", "a", "a\0", "ab", "\u0001").ArrayOf().Resize(4);

    protected override int Compare(string[] left, string[] right) => CompositeCodecTests.Compare(left, right, Utf8Order.Compare);
}

public class EmptyItemArrayCodecTests : FoundCodecProperties<NoValue[]>
{
    protected override Gen<NoValue[]> Values => Gen.Choose(0, 5).Select(count => new NoValue[count]);

    protected override int Compare(NoValue[] left, NoValue[] right) => left.Length.CompareTo(right.Length);
}

public class DescendingIntegerCodecTests : FoundCodecProperties<Descending<int>>
{
    protected override Gen<Descending<int>> Values => Nasty.Integers<int>().Select(value => new Descending<int>(value));

    protected override int Compare(Descending<int> left, Descending<int> right) => right.Value.CompareTo(left.Value);
}

public class DescendingTextCodecTests : FoundCodecProperties<Descending<string>>
{
    protected override Gen<Descending<string>> Values => Nasty.Strings.Select(value => new Descending<string>(value));

    protected override int Compare(Descending<string> left, Descending<string> right) => Utf8Order.Compare(right.Value, left.Value);
}

public class CompositeCodecTests
{
    public enum Colour : sbyte
    {
        Black = -128,
        Red = 0,
        Green = 5,
    }

    internal static int Compare<T>(T[] left, T[] right, Comparison<T> items)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (items(left[i], right[i]) is var order and not 0) return order;
        }

        return left.Length.CompareTo(right.Length);
    }
}

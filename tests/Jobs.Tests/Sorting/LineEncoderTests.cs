using System.Numerics;
using System.Text;
using MapReduce.Jobs;
using MapReduce.Jobs.Sorting;

namespace Jobs.Tests.Sorting;

public sealed class LineEncoderTests
{
    private const string Alphabet = "\0\u0001\t\u000B\r !a~\u00FFb00119.-";

    public static TheoryData<string?, bool, bool> Orders
    {
        get
        {
            var orders = new TheoryData<string?, bool, bool>();
            foreach (var key in new[] { null, "1,1", "2", "2,3" })
                foreach (var numeric in new[] { false, true })
                    foreach (var reverse in new[] { false, true }) orders.Add(key, numeric, reverse);
            return orders;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void KeyAndLine_OfTwoLines_CompareAsTheLinesDo(string? key, bool numeric, bool reverse)
    {
        var order = LineOrder.Of(new SortOptions(key, Numeric: numeric, Reverse: reverse));
        LineEncoder left = new(order), right = new(order);
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            byte[] a = Line(random), b = Line(random);
            var encoded = Math.Sign(left.KeyAndLine(a).SequenceCompareTo(right.KeyAndLine(b)));
            Assert.True(Compare(order, a, b, isFinal: true) == encoded, $"seed {seed}: {Convert.ToHexString(a)} {Convert.ToHexString(b)}");
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Key_OfTwoLines_CompareAsTheKeysDo(string? key, bool numeric, bool reverse)
    {
        var order = LineOrder.Of(new SortOptions(key, Numeric: numeric, Reverse: reverse));
        LineEncoder left = new(order), right = new(order);
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            byte[] a = Line(random), b = Line(random);
            var encoded = Math.Sign(left.Key(a).SequenceCompareTo(right.Key(b)));
            Assert.True(Compare(order, a, b, isFinal: false) == encoded, $"seed {seed}: {Convert.ToHexString(a)} {Convert.ToHexString(b)}");
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void LineAtEndOf_EncodedLine_IsTheLine(string? key, bool numeric, bool reverse)
    {
        var order = LineOrder.Of(new SortOptions(key, Numeric: numeric, Reverse: reverse));
        LineEncoder map = new(order), reduce = new(order);
        for (var seed = 0; seed < 500; seed++)
        {
            var line = Line(new Random(seed));
            Assert.True(line.AsSpan().SequenceEqual(reduce.LineAtEndOf(map.KeyAndLine(line), line.Length)), $"seed {seed}: {Convert.ToHexString(line)}");
        }
    }

    private static byte[] Line(Random random) =>
        Encoding.Latin1.GetBytes([.. Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 6 : 80)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

    private static int Compare(LineOrder order, byte[] a, byte[] b, bool isFinal)
    {
        byte[] left = Part(order, a), right = Part(order, b);
        var sign = order.IsNumeric ? Numbers(left, right) : Math.Sign(left.AsSpan().SequenceCompareTo(right));
        if (sign == 0 && isFinal) sign = Math.Sign(a.AsSpan().SequenceCompareTo(b));
        return order.IsReverse ? -sign : sign;
    }

    private static byte[] Part(LineOrder order, byte[] line) => order.Fields is { } fields ? fields.Of(line).ToArray() : line;

    // Both as whole numbers of the same unit: 100 digits behind the point are more than any line here has.
    private static int Numbers(byte[] a, byte[] b) => Value(a).CompareTo(Value(b));

    private static BigInteger Value(byte[] text)
    {
        var match = System.Text.RegularExpressions.Regex.Match(Encoding.Latin1.GetString(text), @"^[ \t]*(-?)([0-9]*)(?:\.([0-9]*))?");
        var digits = match.Groups[2].Value + match.Groups[3].Value.PadRight(100, '0');
        var value = BigInteger.Parse("0" + digits);
        return match.Groups[1].Length > 0 ? -value : value;
    }
}

using FsCheck;
using FsCheck.Fluent;
using MapReduce.Serialization;

namespace MapReduce.Tests.Serialization;

public sealed record Visit(string Page, DateTime At, string? Referrer, int? Status, double Seconds);

public class VisitCodecTests : FoundCodecProperties<Visit>
{
    protected override Gen<Visit> Values =>
        from page in Gen.Elements("", "a", "a\0", "ab")
        from at in Gen.Choose(0, 2)
        from referrer in Gen.Elements<string?>(null, "", "\0", "x")
        from status in Gen.Elements<int?>(null, -1, 200)
        from seconds in Gen.Elements(-1.5, 0, 2)
        select new Visit(page, DateTime.UnixEpoch.AddSeconds(at), referrer, status, seconds);

    // Null is less than any value for all of these comparers.
    protected override int Compare(Visit left, Visit right) =>
        new[]
        {
            string.CompareOrdinal(left.Page, right.Page), left.At.CompareTo(right.At), string.CompareOrdinal(left.Referrer, right.Referrer),
            Nullable.Compare(left.Status, right.Status), left.Seconds.CompareTo(right.Seconds),
        }.FirstOrDefault(order => order != 0);
}

public class RecordCodecTests
{
    [Fact]
    public void Encode_Record_IsItsMembersAsATuple() => Assert.Equal(RoundTrip.Hex(("a", 7L)), RoundTrip.Hex(new Word("a", 7)));

    [Fact]
    public void Encode_TupleOfSeven_ComesBack() => Assert.Equal((1, "b", 3L, 'd', 5.5, "f", true), RoundTrip.Of((1, "b", 3L, 'd', 5.5, "f", true)));

    [Fact]
    public void Encode_TupleOfNine_ComesBack() => Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8, "9"), RoundTrip.Of((1, 2, 3, 4, 5, 6, 7, 8, "9")));

    [Fact]
    public void Encode_PlainStructAndProperties_ComesBack()
    {
        var value = RoundTrip.Of(new Plain { First = 1, Second = "two" });
        Assert.Equal((1, "two"), (value.First, value.Second));
    }

    [Fact]
    public void Encode_ParametersAndSettableProperty_ComesBack() =>
        Assert.Equal(new Mixed(3) { Note = "n" }, RoundTrip.Of(new Mixed(3) { Note = "n" }));

    [Fact]
    public void Encode_DerivedRecordInherits_ComesBack() => Assert.Equal(new Derived(1, 2), RoundTrip.Of(new Derived(1, 2)));

    [Fact]
    public void Encode_AnonymousType_ComesBack() => Assert.Equal(new { Word = "w", Count = 3 }, RoundTrip.Of(new { Word = "w", Count = 3 }));

    [Fact]
    public void Encode_OwnCodec_IsUsedAlsoWithinATuple() => Assert.Equal("02" + "80000005", RoundTrip.Hex((new Sized(2), 5)));

    [Fact]
    public void Encode_ValueOfADerivedType_Throws() =>
        Assert.Contains("would be lost", Assert.Throws<ArgumentException>(() => RoundTrip.Of(new Base(1)) == RoundTrip.Of<Base>(new Derived(1, 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Encode_NullRecord_ThrowsWithTheRemedy() =>
        Assert.Contains("Word?", Assert.Throws<ArgumentNullException>(() => RoundTrip.Of<Word>(null!)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(Hidden), "it has 2 fields, but 1 public members")]
    [InlineData(typeof(Stream), "no record, struct or class")]
    [InlineData(typeof(List<int>), "fields, but")]
    [InlineData(typeof(Node), "its part Next is a Node: it contains itself")]
    [InlineData(typeof((Word, Uri)), "its part item 2 is a Uri")]
    [InlineData(typeof(Holder), "its part Inner.Where is a Uri")]
    [InlineData(typeof(Wrong), "its attribute names String, which is no struct")]
    [InlineData(typeof(object), "no public members")]
    public void Find_TypeWithoutCodec_SaysWhyAndWhatToDo(Type type, string why)
    {
        var message = Assert.Throws<NotSupportedException>(() => CodecFinder.Find(type)).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.Contains("[Codec(typeof(", message, StringComparison.Ordinal);
    }

    private sealed record Word(string Text, long Count);

    private record Base(int X);

    private sealed record Derived(int X, int Y) : Base(X);

    private sealed record Mixed(int Number)
    {
        public string Note { get; set; } = "";

        public int Twice => Number * 2;
    }

    private sealed record Node(int Value, Node? Next);

    private sealed record Inner(Uri Where);

    private sealed record Holder(Inner Inner);

    private struct Plain
    {
        public int First;

        public string Second { get; set; }
    }

    private sealed class Hidden(int seen)
    {
        private readonly List<int> _lost = [];

        public int Seen { get; } = seen;

        public int Lost => _lost.Count;
    }

    [Codec(typeof(string))]
    private sealed record Wrong(int X);

    [Codec(typeof(SizedCodec))]
    private readonly record struct Sized(byte Size);

    private readonly struct SizedCodec : ICodec<Sized>
    {
        public static int FixedLength => 1;

        public static int MaxLength(Sized value) => 1;

        public static int Encode(Sized value, Span<byte> destination)
        {
            destination[0] = value.Size;
            return 1;
        }

        public static Sized Decode(ReadOnlySpan<byte> bytes) => new(bytes[0]);
    }
}

using MapReduce.Map;
using MapReduce.Serialization;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>The fold table against a dictionary, with memory for a few thousand keys: it spills, and merges in several passes.</summary>
public class FoldBufferTests
{
    private const int Partitions = 3;

    public static TheoryData<long> Memories => [TestWorkspace.Smallest, 1 << 20, 16 << 20];

    [Theory, MemberData(nameof(Memories))]
    public void Map_StringKeysLongValues_IsTheDictionary(long memory) =>
        Check<string, StringCodec, long, IntegerCodec<long>>(memory, Text, random => random.NextInt64(), (left, right) => left + right);

    [Theory, MemberData(nameof(Memories))]
    public void Map_Utf8KeysIntValues_IsTheDictionary(long memory) =>
        Check<Utf8Text, Utf8TextCodec, int, IntegerCodec<int>>(memory, random => new Utf8Text(Text(random)), random => random.Next(), Math.Max);

    [Theory, MemberData(nameof(Memories))]
    public void Map_TupleKeysDoubleValues_IsTheDictionary(long memory) =>
        Check<(string, int), TupleCodec<string, StringCodec, int, IntegerCodec<int>>, double, DoubleCodec>(
            memory, random => (Text(random), random.Next(3)), random => random.Next(1_000), (left, right) => left + right);

    [Theory, MemberData(nameof(Memories))]
    public void Map_LongKeysByteValues_IsTheDictionary(long memory) =>
        Check<long, IntegerCodec<long>, byte, IntegerCodec<byte>>(memory, random => random.Next(20_000), random => (byte)random.Next(256), (left, right) => (byte)(left + right));

    [Theory, MemberData(nameof(Memories))]
    public void Map_NoValues_IsTheSet(long memory) =>
        Check<string, StringCodec, NoValue, NoValueCodec>(memory, Text, _ => default, (left, _) => left);

    [Theory]
    [InlineData(3L << 20), InlineData(16L << 20)]
    public void Map_ValuesTooLargeForTheTable_IsTheDictionary(long memory) =>
        Check<string, StringCodec, (long, long), TupleCodec<long, IntegerCodec<long>, long, IntegerCodec<long>>>(
            memory, Text, random => (1, random.Next(100)), (left, right) => (left.Item1 + right.Item1, left.Item2 + right.Item2));

    [Theory, MemberData(nameof(Memories))]
    public void Map_FirstOfTheInput_IsTheFirst(long memory)
    {
        var next = 0L;
        Check<string, StringCodec, long, IntegerCodec<long>>(memory, Text, _ => next++, (left, _) => left);
    }

    [Theory, MemberData(nameof(Memories))]
    public void Map_LastOfTheInput_IsTheLast(long memory)
    {
        var next = 0L;
        Check<string, StringCodec, long, IntegerCodec<long>>(memory, Text, _ => next++, (_, right) => right);
    }

    [Fact]
    public void Map_KeyLargerThanTheMemory_IsFolded()
    {
        var large = new string('x', 1 << 20);
        var keys = new[] { "a", large, "b", large, "a" };
        Check<string, StringCodec, long, IntegerCodec<long>>(TestWorkspace.Smallest, [.. keys.Select(key => (key, 1L))], (left, right) => left + right);
    }

    [Fact]
    public void Map_KeyLargerThanTheMemory_LeavesNoSmallSpillsBehindIt()
    {
        var keys = Enumerable.Range(0, 200_000).Select(i => ($"{i}", 1L)).Prepend((new string('x', 8 << 20), 1L)).ToArray();
        using var test = new TestWorkspace(8 << 20);
        var run = test.Map(Plan(keys, (left, right) => left + right), test.Numbers(keys.Length));
        Assert.Equal(keys.Length, run.Segments.Sum(segment => segment.Records));
        // One spill for the large key, some for the others, and the merge; spilled by few thousand keys they would be 60.
        Assert.InRange(test.Counters.SpilledRecords, keys.Length, 2 * keys.Length + 2);
    }

    [Fact]
    public void Map_EmptySpanForAKey_CountsAll()
    {
        using var test = new TestWorkspace();
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, long>((_, output) => output.Emit(default, 1)).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Equal(["\t1000"], test.Reduce(plan, 0, test.Map(plan, test.Numbers(1_000))));
    }

    [Fact]
    public void Map_Spilled_LeavesOnlyItsOutput()
    {
        using var test = new TestWorkspace(TestWorkspace.Smallest);
        var keys = Enumerable.Range(0, 50_000).Select(i => ($"{i}", 1L)).ToArray();
        test.Map(Plan(keys, (left, right) => left + right), test.Numbers(keys.Length));
        Assert.Empty(Directory.GetFiles(test.Directory));
    }

    [Theory, MemberData(nameof(Memories))]
    public void Map_AnyMemory_CombineCountersExplainTheRecords(long memory)
    {
        using var test = new TestWorkspace(memory);
        var random = new Random(1);
        var keys = Enumerable.Range(0, 60_000).Select(_ => (Text(random), 1L)).ToArray();
        var run = test.Map(Plan(keys, (left, right) => left + right), test.Numbers(keys.Length));
        Assert.Equal(keys.Length, test.Counters.MapOutputRecords);
        Assert.Equal(run.Segments.Sum(segment => segment.Records), keys.Length - (test.Counters.CombineInputRecords - test.Counters.CombineOutputRecords));
    }

    private static string Text(Random random)
    {
        var number = random.Next(20_000);
        // Keys of up to 16 bytes stand in the table, longer ones in the arena.
        return (number % 4) switch { 0 => $"{number}", 1 => $"{number}-0123456789abcdef0123456789", 2 => $"{number:D16}", _ => $"{number:D17}" };
    }

    private static void Check<TKey, TKeyCodec, TValue, TValueCodec>(long memory, Func<Random, TKey> key, Func<Random, TValue> value, Func<TValue, TValue, TValue> fold)
        where TKeyCodec : struct, ICodec<TKey>
        where TValue : unmanaged
        where TValueCodec : struct, ICodec<TValue>
    {
        var random = new Random(42);
        Check<TKey, TKeyCodec, TValue, TValueCodec>(memory, [.. Enumerable.Range(0, 60_000).Select(_ => (key(random), value(random)))], fold);
    }

    private static void Check<TKey, TKeyCodec, TValue, TValueCodec>(long memory, (TKey, TValue)[] records, Func<TValue, TValue, TValue> fold)
        where TKeyCodec : struct, ICodec<TKey>
        where TValue : unmanaged
        where TValueCodec : struct, ICodec<TValue>
    {
        using var test = new TestWorkspace(memory);
        var run = test.Map(Plan(records, fold), test.Numbers(records.Length), Partitions);
        var expected = new Dictionary<string, TValue>();
        foreach (var (key, value) in records)
        {
            var name = Convert.ToHexString(Codecs.Encode<TKey, TKeyCodec>(key));
            expected[name] = expected.TryGetValue(name, out var before) ? fold(before, value) : value;
        }

        var found = Enumerable.Range(0, Partitions).SelectMany(partition => test.Read(run, partition).Select(record => (partition, record))).ToList();
        Assert.All(found, item => Assert.Equal(new HashPartitioner(Partitions).Of(item.record.Key), item.partition));
        Assert.Equal(
            expected.Select(pair => $"{pair.Key}={Convert.ToHexString(Codecs.Encode<TValue, TValueCodec>(pair.Value))}").Order(StringComparer.Ordinal),
            found.Select(item => item.record.ToString()).Order(StringComparer.Ordinal));
    }

    private static JobPlan Plan<TKey, TValue>((TKey Key, TValue Value)[] records, Func<TValue, TValue, TValue> fold)
        where TValue : unmanaged =>
        Job.ReadLines().Map(line => One(records[int.Parse(line.Text)])).Combine(fold).Reduce((_, values) => values.Count()).WriteText();

    private static IEnumerable<(TKey Key, TValue Value)> One<TKey, TValue>((TKey, TValue) record) => [record];
}

internal static class Codecs
{
    public static byte[] Encode<T, TCodec>(T value)
        where TCodec : struct, ICodec<T>
    {
        var bytes = new byte[TCodec.MaxLength(value)];
        return bytes[..TCodec.Encode(value, bytes)];
    }
}

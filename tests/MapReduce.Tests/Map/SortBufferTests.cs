using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MapReduce.Map;
using MapReduce.Spill;
using MapReduce.Tests.Serialization;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>The sorted map output against a stable sort of a list.</summary>
public class SortBufferTests
{
    private const int Partitions = 3;

    // The buffer keeps 2 MiB for blocks: what is above is its region.
    private const long Tiny = (2 << 20) + (64 << 10);

    public static TheoryData<long> Memories => [Tiny, 3 << 20, 64 << 20];

    [Fact]
    public void Map_AnyRecords_IsTheStableSort() =>
        Prop.ForAll(Arb.From(Nasty.ByteArrays.Two().ArrayOf()), records => Sorts(Tiny, [.. records.Select(pair => new KeyValue(pair.Item1, pair.Item2))])).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Memories))]
    public void Map_ManyEqualKeys_KeepTheOrderOfTheInput(long memory)
    {
        var random = new Random(5);
        Assert.True(Sorts(memory, [.. Enumerable.Range(0, 40_000).Select(i => KeyValue.Of($"{random.Next(300)}", $"{i}"))]), "seed 5");
    }

    [Theory, MemberData(nameof(Memories))]
    public void Map_RecordsLargerThanTheMemory_AreAmongTheOthers(long memory)
    {
        var large = new byte[5 << 20];
        new Random(6).NextBytes(large);
        Assert.True(Sorts(memory, [KeyValue.Of("b", "1"), new(large, [1]), KeyValue.Of("a"), new([97], large), KeyValue.Of("b", "2"), new(large, [2])]), "seed 6");
    }

    [Fact]
    public void Map_LargeNullKeyedRecord_IsKept()
    {
        using var test = new TestWorkspace(Tiny);
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, int>((line, output) => output.Emit(default, line.Length)).Sort().WriteText();
        Assert.Equal(3, test.Read(test.Map(plan, test.Split("a\nb\nc\n")), 0).Count);
    }

    [Fact]
    public void Map_StringValues_AreEncodedWhole()
    {
        using var test = new TestWorkspace(Tiny);
        var texts = Enumerable.Range(0, 2_000).Select(i => new string('é', i % 200)).ToArray();
        var plan = Job.ReadLines().Map(line => new[] { (int.Parse(line.Text), texts[int.Parse(line.Text)]) }).Reduce((_, values) => values.Single()).WriteText();
        Assert.Equal(texts, test.Read(test.Map(plan, test.Numbers(texts.Length)), 0).Select(record => Encoding.UTF8.GetString(record.Value)));
    }

    [Theory, MemberData(nameof(Memories))]
    public void Map_Counters_AreExact(long memory)
    {
        using var test = new TestWorkspace(memory);
        var plan = Plan([.. Enumerable.Range(0, 30_000).Select(i => KeyValue.Of($"{i}", "value"))]);
        var run = test.Map(plan, test.Numbers(30_000), Partitions);
        Assert.Equal(30_000, test.Counters.MapInputRecords);
        Assert.Equal(30_000, test.Counters.MapOutputRecords);
        Assert.Equal(30_000, run.Segments.Sum(segment => segment.Records));
        Assert.InRange(test.Counters.SpilledRecords, memory == 64 << 20 ? 30_000 : 60_000, memory == 64 << 20 ? 30_000 : 240_000);
    }

    [Fact]
    public void Map_Spilled_LeavesOnlyItsOutput()
    {
        using var test = new TestWorkspace(Tiny);
        test.Map(Plan([.. Enumerable.Range(0, 30_000).Select(i => KeyValue.Of($"{i}", "value"))]), test.Numbers(30_000));
        Assert.Empty(Directory.GetFiles(test.Directory));
    }

    [Theory, MemberData(nameof(Memories))]
    public void Map_GeneralCombiner_CountersExplainTheRecords(long memory)
    {
        using var test = new TestWorkspace(memory);
        var plan = Job.ReadLines().Map(line => new[] { (line.Text[..^2], 1L) })
            .CombineValues((_, values) => [values.Sum()]).Reduce((_, values) => values.Sum()).WriteText();
        var split = test.Split(string.Concat(Enumerable.Range(100_000, 40_000).Select(i => $"{i}\n")));
        var run = test.Map(plan, split);
        Assert.Equal(run.Segments.Sum(segment => segment.Records), 40_000 - (test.Counters.CombineInputRecords - test.Counters.CombineOutputRecords));
        Assert.Equal(Enumerable.Range(1_000, 400).Select(i => $"{i}\t100"), test.Reduce(plan, 0, run));
    }

    private static bool Sorts(long memory, KeyValue[] records)
    {
        using var test = new TestWorkspace(memory);
        var run = test.Map(Plan(records), test.Numbers(records.Length), Partitions);
        var partitioner = new HashPartitioner(Partitions);
        return Enumerable.Range(0, Partitions).All(partition =>
            test.Read(run, partition).SequenceEqual(records.Where(record => partitioner.Of(record.Key) == partition).OrderBy(record => record.Key, ByteOrder.Instance)));
    }

    private static JobPlan Plan(KeyValue[] records) => Job.ReadLines().Map<ReadOnlySpan<byte>, ReadOnlySpan<byte>>((line, output) =>
    {
        var record = records[int.Parse(line)];
        output.Emit(record.Key, record.Value);
    }).Sort().WriteText();
}

using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Tests.Streaming;

/// <summary>Lines that a mapper writes again and again, against a stable sort by key.</summary>
public sealed class RepeatsTests : IDisposable
{
    private const int Seed = 23;

    private readonly StreamFixture _stream = new();

    public void Dispose() => _stream.Dispose();

    [Theory]
    [InlineData(40, 3, 300_000)]
    [InlineData(100_000, 2, 300_000)]
    [InlineData(10_000_000, 1_000, 200_000)]
    [InlineData(1, 1, 300_000)]
    public async Task Run_RepeatedLines_ComeAsOftenAndInTheOrderOfTheInput(int keys, int values, int lines)
    {
        // One split: the cache of the one mapper sees all of it.
        Write(keys, values, lines);
        _stream.Shell("gzip in/lines");
        var status = await _stream.RunAsync(new("cat", "cat"), reducers: 1);

        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
        Assert.Equal(_stream.Shell("zcat in/* | LC_ALL=C sort -s -t '\t' -k1,1 | md5sum"), _stream.Shell("cat out-1/part-* | md5sum"));
        Assert.Equal((lines, lines), (status.Counters[CounterNames.MapOutputRecords], status.Counters[CounterNames.ReduceInputRecords]));
    }

    [Fact]
    public async Task Run_RepeatedLinesOfManyMapsAndPartitions_AreCombinedAsThePipelineDoes()
    {
        Write(keys: 500, values: 1, lines: 300_000);
        const string Count = """awk -F "\t" '$1 != key && NR > 1 { print key "\t" sum; sum = 0 } { key = $1; sum += NF < 3 ? 1 : $3 } END { if (NR) print key "\t" sum }'""";
        const string Add = """awk -F "\t" '$1 != key && NR > 1 { print key "\t\t" sum; sum = 0 } { key = $1; sum += NF < 3 ? 1 : $3 } END { if (NR) print key "\t\t" sum }'""";
        var status = await _stream.RunAsync(new("cat", Count, Add), reducers: 3, memory: 16 << 20);

        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
        Assert.Equal(_stream.Shell($"cat in/* | LC_ALL=C sort | {Count} | LC_ALL=C sort"), _stream.Shell("cat out-1/part-* | LC_ALL=C sort"));
        Assert.Equal(300_000, status.Counters[CounterNames.CombineInputRecords]);
    }

    // Some keys come often, some values are long, some lines have no TAB, some keys begin with others or are empty.
    private void Write(int keys, int values, int lines)
    {
        var random = new Random(Seed);
        using var file = File.CreateText(Path.Combine(_stream.Input, "lines"));
        for (var i = 0; i < lines; i++)
        {
            var key = (int)(keys * Math.Pow(random.NextDouble(), 3));
            var value = random.Next(values);
            file.Write(key % 7 == 6 ? "" : key % 11 == 10 ? $"k\u0001{key}" : $"k{key}");
            if (value != 1) file.Write($"\t{value}");
            if (value == 2 && random.Next(50) == 0) file.Write(new string('x', 60));
            file.Write('\n');
        }
    }
}

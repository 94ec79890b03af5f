using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Tests.Spill;
using MapReduce.Worker;

namespace MapReduce.Tests.Shuffle;

public sealed class LocalMapOutputSourceTests : IDisposable
{
    private readonly TestWorkspace _test = new();

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Fetch_AllThere_GivesSegmentsByMap(int parallelism)
    {
        var segments = Fetch(parallelism, partition: 1, Whole(0, [], [KeyValue.Of("a")]), Whole(1, [KeyValue.Of("b")], []), Whole(2, [], [KeyValue.Of("c"), KeyValue.Of("d")]));
        Assert.Equal([(0, 1L), (2, 2L)], segments.Select(segment => (segment.Source.Map, segment.Records)));
    }

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Fetch_SomeMissingAndCorrupt_NamesAllAtOnce(int parallelism)
    {
        var corrupt = Whole(1, [KeyValue.Of("b")]);
        File.WriteAllBytes(corrupt.Path, File.ReadAllBytes(corrupt.Path)[..^1]);
        var missing = Whole(3, [KeyValue.Of("d")]);
        File.Delete(missing.Path);
        var noFolder = new MapOutputLocation(4, "t4", "worker", _test.Path("gone/output"));
        var error = Assert.Throws<AttemptFailedException>(() => Fetch(parallelism, 0, Whole(0, [KeyValue.Of("a")]), corrupt, Whole(2, [KeyValue.Of("c")]), missing, noFolder));
        Assert.Equal(FailureKind.Fetch, error.Failure.Kind);
        Assert.Equal([new(1, "t1", true), new(3, "t3", false), new(4, "t4", false)], error.Failure.FetchFailures!);
    }

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Fetch_Cancelled_Stops(int parallelism)
    {
        var source = new LocalMapOutputSource(PhysicalFileSystem.Instance, parallelism);
        Assert.ThrowsAny<OperationCanceledException>(() => source.Fetch(0, [Whole(0, [KeyValue.Of("a")])], new CancellationToken(true)));
    }

    private static IReadOnlyList<Segment> Fetch(int parallelism, int partition, params MapOutputLocation[] outputs) =>
        new LocalMapOutputSource(PhysicalFileSystem.Instance, parallelism).Fetch(partition, outputs, CancellationToken.None);

    private MapOutputLocation Whole(int map, params IReadOnlyList<KeyValue>[] partitions) =>
        new(map, $"t{map}", "worker", _test.Write($"output-{map}", partitions).Path);
}

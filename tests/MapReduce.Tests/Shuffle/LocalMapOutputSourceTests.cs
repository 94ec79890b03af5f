using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Tests.Spill;
using MapReduce.Tests.Worker;
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
        File.WriteAllBytes(PathOf(corrupt), File.ReadAllBytes(PathOf(corrupt))[..^1]);
        var missing = Whole(3, [KeyValue.Of("d")]);
        File.Delete(PathOf(missing));
        var noFolder = new MapOutputLocation(4, "t4", "worker");
        var error = Assert.Throws<AttemptFailedException>(() => Fetch(parallelism, 0, Whole(0, [KeyValue.Of("a")]), corrupt, Whole(2, [KeyValue.Of("c")]), missing, noFolder));
        Assert.Equal(FailureKind.Fetch, error.Failure.Kind);
        Assert.Equal([new(1, "t1", FetchFault.Corrupt), new(3, "t3", FetchFault.Gone), new(4, "t4", FetchFault.Gone)], error.Failure.FetchFailures!);
    }

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Fetch_Cancelled_Stops(int parallelism)
    {
        var whole = Whole(0, [KeyValue.Of("a")]);
        Assert.ThrowsAny<OperationCanceledException>(() => Fetch(parallelism, 0, [whole], new CancellationToken(true)));
    }

    private IReadOnlyList<Segment> Fetch(int parallelism, int partition, params MapOutputLocation[] outputs) => Fetch(parallelism, partition, outputs, CancellationToken.None);

    private IReadOnlyList<Segment> Fetch(int parallelism, int partition, MapOutputLocation[] outputs, CancellationToken cancellation)
    {
        var lease = AttemptRunnerFixture.MapLease(new FileRange("/in", 0, 0, 0, 0)) with { Task = new TaskId(0, TaskKind.Reduce, partition), MapOutputs = outputs };
        return new LocalMapOutputSource(PhysicalFileSystem.Instance, _test.Path("work"), parallelism).Fetch(lease, _test.Path("scratch"), new AttemptProgress(), cancellation);
    }

    private MapOutputLocation Whole(int map, params IReadOnlyList<KeyValue>[] partitions)
    {
        var location = new MapOutputLocation(map, $"t{map}", "worker");
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(location))!);
        _test.Write(Path.GetRelativePath(_test.Path(""), PathOf(location)), partitions);
        return location;
    }

    private string PathOf(MapOutputLocation output) => WorkDirectory.MapOutput(_test.Path("work"), "job", new TaskId(0, TaskKind.Map, output.Map), output.Token);
}

using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Worker;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Shuffle;

public sealed class FetchTests : IAsyncLifetime
{
    private ShuffleFixture _shuffle = null!;

    public async Task InitializeAsync() => _shuffle = await ShuffleFixture.StartAsync();

    public async Task DisposeAsync() => await _shuffle.DisposeAsync();

    [Fact]
    public void Fetch_FromAnotherHost_GivesSegmentsByMap()
    {
        var segments = _shuffle.Fetch(1, [_shuffle.Outputs.Write(0, [], ["a"]), _shuffle.Outputs.Write(1, ["b"], []), _shuffle.Outputs.Write(2, [], ["c", "d"])]);
        Assert.Equal(["0 a", "2 c,d"], segments.Select(segment => $"{segment.Source.Map} {string.Join(',', _shuffle.Outputs.Read(segment))}"));
    }

    [Fact]
    public void Fetch_LargeSegments_GivesTheirBytes()
    {
        string[] keys = [.. Enumerable.Range(0, 200_000).Select(n => $"key {n:D8}")];
        var segment = Assert.Single(_shuffle.Fetch(0, [_shuffle.Outputs.Write(0, keys)]));
        Assert.Equal(keys, _shuffle.Outputs.Read(segment));
    }

    [Fact]
    public void Fetch_MoreMapsThanARequestTakes_GivesAll()
    {
        MapOutputLocation[] outputs = [.. Enumerable.Range(0, SegmentRequest.MaxMaps + 300).Select(map => _shuffle.Outputs.Write(map, [$"key {map}"]))];
        var segments = _shuffle.Fetch(0, outputs);
        Assert.Equal(outputs.Select(output => $"key {output.Map}"), segments.SelectMany(_shuffle.Outputs.Read));
    }

    [Fact]
    public void Fetch_FromAnotherHost_MarksSegmentsAsCopies() => Assert.True(Assert.Single(_shuffle.Fetch(0, [_shuffle.Outputs.Write(0, ["a"])])).IsFetched);

    [Fact]
    public void Fetch_ExpectedWorkerIdInDirectory_ReadsTheFileInPlace()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        File.WriteAllText(WorkDirectory.WorkerId(_shuffle.Outputs.WorkDirectory), "server");
        Assert.Equal(_shuffle.Outputs.PathOf(output), Assert.Single(_shuffle.Fetch(0, [output])).Path);
    }

    [Fact]
    public void Fetch_OtherWorkerIdInDirectory_GoesOverHttp()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        File.WriteAllText(WorkDirectory.WorkerId(_shuffle.Outputs.WorkDirectory), "another");
        Assert.True(Assert.Single(_shuffle.Fetch(0, [output])).IsFetched);
    }

    [Fact]
    public void Fetch_AlwaysOverHttp_DoesNotReadInPlace()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        File.WriteAllText(WorkDirectory.WorkerId(_shuffle.Outputs.WorkDirectory), "server");
        Assert.True(Assert.Single(_shuffle.Fetch(0, [output], options: new RemoteShuffleOptions { AlwaysOverHttp = true })).IsFetched);
    }

    [Fact]
    public void Fetch_WrongSecret_FailsAllAsUnreachable() =>
        Assert.Equal([new FetchFailure(0, "1.0000000000000000", FetchFault.Unreachable)], FailuresOf(() => _shuffle.Fetch(0, [_shuffle.Outputs.Write(0, ["a"])], secret: "wrong")));

    [Fact]
    public void Fetch_SomeGone_FailsThoseOnly()
    {
        var (whole, gone) = (_shuffle.Outputs.Write(0, ["a"]), _shuffle.Outputs.Write(1, ["b"]));
        File.Delete(_shuffle.Outputs.PathOf(gone));
        Assert.Equal([new FetchFailure(1, gone.Token, FetchFault.Gone)], FailuresOf(() => _shuffle.Fetch(0, [whole, gone])));
    }

    [Fact]
    public void Fetch_AnotherToken_IsNotServedInItsPlace()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]) with { Token = "2.0000000000000000" };
        Assert.Equal([new FetchFailure(0, output.Token, FetchFault.Gone)], FailuresOf(() => _shuffle.Fetch(0, [output])));
    }

    [Fact]
    public void Fetch_DamagedIndex_FailsAsCorrupt()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        Damage(output, fromEnd: 30);
        Assert.Equal([new FetchFailure(0, output.Token, FetchFault.Corrupt)], FailuresOf(() => _shuffle.Fetch(0, [output])));
    }

    [Fact]
    public void Fetch_DamagedRecord_FailsThatMapAsCorrupt()
    {
        var (damaged, whole) = (_shuffle.Outputs.Write(0, ["abcdefgh"]), _shuffle.Outputs.Write(1, ["b"]));
        using (var file = File.OpenWrite(_shuffle.Outputs.PathOf(damaged)))
        {
            file.Position = 16;
            file.WriteByte((byte)'X');
        }

        Assert.Equal([new FetchFailure(0, damaged.Token, FetchFault.Corrupt)], FailuresOf(() => _shuffle.Fetch(0, [damaged, whole])));
    }

    [Fact]
    public void Fetch_UnknownWorker_FailsAsUnreachable()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]) with { Worker = "nobody" };
        Assert.Equal([new FetchFailure(0, output.Token, FetchFault.Unreachable)], FailuresOf(() => _shuffle.Fetch(0, [output])));
    }

    [Fact]
    public void Fetch_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => _shuffle.Fetch(0, [_shuffle.Outputs.Write(0, ["a"])], cancellation: new CancellationToken(true)));

    private void Damage(MapOutputLocation output, int fromEnd)
    {
        using var file = File.Open(_shuffle.Outputs.PathOf(output), FileMode.Open);
        file.Position = file.Length - fromEnd;
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 0xFF));
    }

    private static IEnumerable<FetchFailure> FailuresOf(Action fetch)
    {
        var failure = Assert.Throws<AttemptFailedException>(fetch).Failure;
        Assert.Equal(FailureKind.Fetch, failure.Kind);
        return failure.FetchFailures!;
    }
}

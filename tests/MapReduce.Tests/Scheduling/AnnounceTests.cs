using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling;

public sealed class AnnounceTests : IDisposable
{
    private readonly CoordinatorBench _bench = new(maps: 2, reducers: 1);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Announce_StoreWipedBeforeTheTick_WinsAgainWithItsCounters()
    {
        var (job, output) = await MapOneAsync();
        _bench.Store.Wipe();
        Assert.Equal([true], await _bench.Master.AnnounceAsync("w1", [output], default));
        var status = await _bench.StatusAsync(job);
        Assert.Equal((1, output.Output.Task.Index + 1), (status.Tasks[TaskKind.Map].Done, status.Counters[CounterNames.MapInputRecords]));
    }

    [Fact]
    public async Task Announce_OtherWinner_IsRefused()
    {
        var (_, output) = await MapOneAsync();
        Assert.Equal([false], await _bench.Master.AnnounceAsync("w1", [output with { Output = output.Output with { Token = "9.b" } }], default));
    }

    [Fact]
    public async Task Announce_OtherPlan_IsRefused()
    {
        var (_, output) = await MapOneAsync();
        _bench.Store.Wipe();
        Assert.Equal([false], await _bench.Master.AnnounceAsync("w1", [output with { Fingerprint = "other" }], default));
    }

    [Fact]
    public async Task Announce_UnknownJob_IsRefused()
    {
        var (_, output) = await MapOneAsync();
        Assert.Equal([false], await _bench.Master.AnnounceAsync("w1", [output with { Output = output.Output with { JobId = new string('0', 32) } }], default));
    }

    [Fact]
    public async Task Register_StoreRestored_BeginsAnEpoch()
    {
        var before = await RegisterAsync();
        var saved = _bench.Store.Snapshot();
        Assert.Equal(before, await RegisterAsync());
        _bench.Store.Restore(saved);
        Assert.NotEqual(before, await RegisterAsync());
    }

    private async Task<string> RegisterAsync() => (await _bench.Master.RegisterAsync(new WorkerRegistration("w1", 1, null), default)).Epoch;

    private async Task<(string Job, Announcement Output)> MapOneAsync()
    {
        var job = await _bench.SubmitAsync();
        var map = await _bench.ClaimAsync();
        await _bench.CompleteAsync(map);
        return (job, new Announcement(CoordinatorBench.Ref(map), map.Fingerprint, CoordinatorBench.Result(map)));
    }
}

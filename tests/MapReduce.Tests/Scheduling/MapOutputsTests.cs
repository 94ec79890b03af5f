using MapReduce.Protocol;

namespace MapReduce.Tests.Scheduling;

public sealed class MapOutputsTests : IDisposable
{
    private readonly CoordinatorBench _bench = new(maps: 2, reducers: 2, fillsMapOutputs: false);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Claim_HostThatFillsNothing_GivesTheVersionOnly()
    {
        var reduce = await MapAllAsync();
        Assert.Null(reduce.MapOutputs);
        Assert.NotEqual(0, reduce.MapOutputsVersion);
    }

    [Fact]
    public async Task MapOutputs_VersionOfTheLease_NamesOutputsAndWorkers()
    {
        var reduce = await MapAllAsync();
        var view = await _bench.Master.MapOutputsAsync(reduce.JobId, 0, reduce.MapOutputsVersion, default);
        Assert.Equal(reduce.MapOutputsVersion, view!.Version);
        Assert.Equal([0, 1], view.Outputs.Select(output => output.Map));
        Assert.Equal("http://w1", Assert.Single(view.Workers).Address);
    }

    [Fact]
    public async Task MapOutputs_MapMissing_IsNull()
    {
        var reduce = await MapAllAsync();
        await _bench.Master.DeregisterAsync("w1", default);
        Assert.Null(await _bench.Master.MapOutputsAsync(reduce.JobId, 0, version: -1, default));
    }

    [Fact]
    public async Task MapOutputs_UnknownJob_IsNull() => Assert.Null(await _bench.Master.MapOutputsAsync(new string('0', 32), 0, 1, default));

    private async Task<TaskLease> MapAllAsync()
    {
        await _bench.SubmitAsync();
        await _bench.Master.RegisterAsync(new WorkerRegistration("w1", 1, "http://w1"), default);
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        await _bench.CompleteAsync(await _bench.ClaimAsync());
        return await _bench.ClaimAsync();
    }
}

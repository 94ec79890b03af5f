using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>Workers that fetch every map output over HTTP, as those on other machines do.</summary>
public sealed class RemoteFaultCluster() : FaultCluster(testRedis: false, ("MapReduce__Worker__AlwaysFetchOverHttp", "true"));

/// <summary>Map outputs that vanish or rot between map and reduce, read as files.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class LocalMapOutputLossTests(FaultCluster cluster) : MapOutputLossTests(cluster);

/// <summary>The same over HTTP.</summary>
public sealed class RemoteMapOutputLossTests(RemoteFaultCluster cluster) : MapOutputLossTests(cluster), IClassFixture<RemoteFaultCluster>;

/// <summary>Map outputs that vanish or rot between map and reduce.</summary>
public abstract class MapOutputLossTests(FaultCluster cluster)
{
    [Fact]
    public Task Delete_BetweenMapAndReduce_RunsThatMapAgainOnly() => RunsAgainAsync(File.Delete);

    [Fact]
    public Task Corrupt_BetweenMapAndReduce_RunsThatMapAgainOnly() => RunsAgainAsync(Rot);

    private async Task RunsAgainAsync(Action<string> harm)
    {
        await using var job = await cluster.SubmitAsync(maps: 4, openMaps: 3);
        await job.MapsAsync(done: 3, waiting: 1);
        var victim = (await job.LedgerAsync(AttemptEventKind.Committed)).First(attempt => attempt.Task.Index == 1);
        harm(Path.Combine(job.AttemptFolder(victim), "output"));

        job.OpenMaps();
        await job.EndAsync();

        await job.AssertMapCallsAsync(1, 2, 1, 1);
        Assert.Equal(victim.Token, Assert.Single(await job.LedgerAsync(AttemptEventKind.Invalidated)).Token);
    }

    // One bit in the middle, which belongs to some partition's records.
    private static void Rot(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        var rotten = (byte)(file.ReadByte() ^ 0x10);
        file.Position--;
        file.WriteByte(rotten);
    }
}

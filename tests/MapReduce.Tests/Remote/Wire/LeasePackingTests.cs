using System.Text.Json;
using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Tests.Remote.Wire;

public sealed class LeasePackingTests
{
    private static readonly JobSpec Spec = new() { Job = "wc", Inputs = ["/in"], Output = "/out", Steps = [new StepShape(true, false, false)] };

    [Fact]
    public void Pack_LeasesOfOneStep_AreOneGroup() =>
        Assert.Single(LeasePacking.Pack([Lease("a", 0, TaskKind.Map, 0), Lease("a", 0, TaskKind.Map, 1)]));

    [Fact]
    public void Pack_StepsAndJobsMixed_KeepsTheirOrder()
    {
        TaskLease[] leases = [Lease("a", 0, TaskKind.Map, 3), Lease("b", 0, TaskKind.Map, 1), Lease("b", 1, TaskKind.Reduce, 0), Lease("a", 0, TaskKind.Map, 2)];
        Assert.Equal(leases.Select(Name), Travel(leases).Select(Name));
    }

    [Fact]
    public void Unpack_MapLease_HasAllOfIt()
    {
        var split = new InputSplit([new FileRange("/in/ä b", 1, 2, 3, 4), new FileRange("/in/c", 0, 9, 9, 5, Source: 2, IsWhole: true)]);
        var lease = Lease("a", 0, TaskKind.Map, 7) with { Split = split, IsBackup = true };
        var back = Travel([lease])[0];
        Assert.Equal(split.Pieces, back.Split!.Pieces);
        Assert.Equal(lease with { Split = null, Spec = back.Spec }, back with { Split = null });
    }

    [Fact]
    public void Unpack_ReduceLease_HasVersionInsteadOfLocations()
    {
        var lease = Lease("a", 0, TaskKind.Reduce, 7) with { MapOutputsVersion = 42, MapOutputs = [new MapOutputLocation(0, "1.0", "w")] };
        var back = Travel([lease])[0];
        Assert.Equal((42L, null), (back.MapOutputsVersion, back.MapOutputs));
    }

    [Fact]
    public void Unpack_SampleBesideMaps_HasNoBoundaries()
    {
        var sample = Lease("a", 0, TaskKind.Sample, 0) with { SampledSplits = [new InputSplit([new FileRange("/in", 0, 1, 1, 0)])] };
        var back = Travel([sample, Lease("a", 0, TaskKind.Map, 0) with { Boundaries = [1, 2] }]);
        Assert.Null(back[0].Boundaries);
        Assert.Equal([1, 2], back[1].Boundaries!);
        Assert.Equal(sample.SampledSplits[0].Pieces, back[0].SampledSplits![0].Pieces);
    }

    [Fact]
    public void ToString_GroupWithSecret_DoesNotShowIt() =>
        Assert.DoesNotContain("hush", LeasePacking.Pack([Lease("a", 0, TaskKind.Map, 0)])[0].ToString(), StringComparison.Ordinal);

    private static IReadOnlyList<TaskLease> Travel(IReadOnlyList<TaskLease> leases)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new ClaimReply(LeasePacking.Pack(leases)), WireJson.Default.ClaimReply);
        return LeasePacking.Unpack(JsonSerializer.Deserialize(json, WireJson.Default.ClaimReply)!.Groups);
    }

    private static (string, TaskId) Name(TaskLease lease) => (lease.JobId, lease.Task);

    private static TaskLease Lease(string job, int step, TaskKind kind, int index) => new()
    {
        JobId = job,
        Task = new TaskId(step, kind, index),
        Token = "2.00000000000000aa",
        Attempt = 2,
        Duration = TimeSpan.FromSeconds(10),
        Spec = Spec,
        Reducers = 4,
        Fingerprint = "f",
        ShuffleSecret = "hush",
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
}

using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Disk;

public class FailPointsTests
{
    private const string Job = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void FailPoint_EachMethodOfTheLeaseStore_HasOne()
    {
        var methods = typeof(ITaskLeaseStore).GetMethods().Select(method => "Store" + method.Name[..^"Async".Length]);
        var points = Enum.GetNames<FailPoint>().Where(name => name.StartsWith("Store", StringComparison.Ordinal));
        Assert.Equal(methods.Order(StringComparer.Ordinal), points.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FailPoint_EachOfAFile_IsFoundByItsKindAndOperation()
    {
        var found = from kind in Enum.GetValues<FileKind>() from operation in Enum.GetValues<FileOperation>() select $"{kind}{operation}";
        Assert.Empty(Enum.GetNames<FailPoint>().Where(name => !name.StartsWith("Store", StringComparison.Ordinal)).Except(found));
    }

    [Theory]
    [InlineData("/", FileKind.Root)]
    [InlineData("/master", FileKind.DataFolder)]
    [InlineData("/master/id", FileKind.Id)]
    [InlineData("/master/id.draft-3", FileKind.IdDraft)]
    [InlineData("/master/jobs", FileKind.JobsFolder)]
    [InlineData($"/master/jobs/{Job}", FileKind.JobFolder)]
    [InlineData($"/master/jobs/{Job}/plan", FileKind.Plan)]
    [InlineData($"/master/jobs/{Job}/outcome.draft-12", FileKind.OutcomeDraft)]
    [InlineData($"/master/jobs/{Job}/committed", FileKind.Committed)]
    [InlineData("/data", FileKind.OutputParent)]
    [InlineData("/data/in-2/input-1.txt", FileKind.Input)]
    [InlineData("/data/out-2", FileKind.OutputFolder)]
    [InlineData("/data/out/part-r-00001", FileKind.FinalPart)]
    [InlineData("/data/out/_SUCCESS", FileKind.Success)]
    [InlineData("/data/out/_temporary", FileKind.Temporary)]
    [InlineData("/data/out/_temporary/owner", FileKind.Owner)]
    [InlineData($"/data/out/_temporary/{Job}", FileKind.JobTemporary)]
    [InlineData($"/data/out/_temporary/{Job}/claim/owner.draft-0", FileKind.OwnerDraft)]
    [InlineData($"/data/out/_temporary/{Job}/claim/_SUCCESS.draft-0", FileKind.SuccessDraft)]
    [InlineData($"/data/out/_temporary/{Job}/0", FileKind.AttemptFolder)]
    [InlineData($"/data/out/_temporary/{Job}/0/r-00001/2.ab", FileKind.AttemptFolder)]
    [InlineData($"/data/out/_temporary/{Job}/0/r-00001/2.ab/part-r-00001", FileKind.Part)]
    [InlineData($"/data/out/_temporary/{Job}/0/m-00001/2.ab/lines-m-00001", FileKind.Part)]
    [InlineData($"/data/out/_temporary/{Job}/0/r-00001/2.ab/.records", FileKind.Part)]
    [InlineData($"/scratch/w1/{Job}/m-00001/2.ab", FileKind.ScratchFolder)]
    [InlineData($"/scratch/w1/{Job}/m-00001/2.ab/output", FileKind.MapOutput)]
    [InlineData($"/scratch/w1/{Job}/m-00001/2.ab/run-00001", FileKind.Run)]
    [InlineData("/scratch/w1/space-probe", FileKind.SpaceProbe)]
    public void Of_PathOfAKind_IsThatKind(string path, object kind) => Assert.Equal((FileKind)kind, FileKinds.Of(path));

    [Theory]
    [InlineData("/elsewhere")]
    [InlineData("/masters/id")]
    [InlineData($"/master/jobs/{Job}/else")]
    [InlineData("/data/out/else")]
    [InlineData($"/data/out/_temporary/{Job}/0/r-00001/2.ab/else")]
    [InlineData($"/scratch/w1/{Job}/m-00001/2.ab/else")]
    public void Of_PathOfNoKind_IsNone(string path) => Assert.Null(FileKinds.Of(path));

    [Fact]
    public void Rename_NoFailPointForIt_FailsTheWorld()
    {
        var world = new VirtualWorld(1);
        var files = new SimDisk(world).ViewOf(new Node(world, "m1"), () => { });
        Assert.Throws<FileNotFoundException>(() => files.Rename("/master/id", "/master/other"));
        Assert.Equal("no fail-point for Rename of /master/id", world.Failure);
    }
}

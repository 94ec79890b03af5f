using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Worker;
using MapReduce.WorkerService.Storage;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Storage;

public sealed class AllowedPathsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileOutputStore _output;

    public AllowedPathsTests() => _output = new FileOutputStore(PhysicalFileSystem.Instance, _folder["data"], OutputDurability.Process);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_OutputOfThisJob_Passes()
    {
        var lease = Claimed();
        new AllowedPaths([_folder.Root], _output).Check(lease);
    }

    [Fact]
    public void Check_OutputThatNoMasterPrepared_IsTheWorkersFault()
    {
        var failure = Fail(new AllowedPaths([], _output), Lease());
        Assert.Equal(FailureKind.Worker, failure.Kind);
        Assert.Contains("mount the same storage", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OutputOfAnotherJob_IsTheWorkersFault() => Assert.Equal(FailureKind.Worker, Fail(new AllowedPaths([], _output), Claimed() with { JobId = "other" }).Kind);

    [Fact]
    public void Check_OutputOutsideOfRoots_NamesIt() =>
        Assert.Contains($"'{_folder["out"]}' lies outside", Fail(new AllowedPaths([_folder.Folder("roo")], _output), Claimed()).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_InputOutsideOfRoots_NamesIt()
    {
        var lease = Claimed() with { Split = new InputSplit([new FileRange("/etc/passwd", 0, 1, 1, 0)]) };
        Assert.Contains("'/etc/passwd' lies outside", Fail(new AllowedPaths([_folder.Root], _output), lease).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_PathThatLeadsOutOfRoots_IsRefused()
    {
        var lease = Claimed() with { Split = new InputSplit([new FileRange(_folder["../elsewhere"], 0, 1, 1, 0)]) };
        Assert.Equal(FailureKind.Worker, Fail(new AllowedPaths([_folder.Root], _output), lease).Kind);
    }

    private static AttemptFailure Fail(AllowedPaths paths, TaskLease lease) => Assert.Throws<AttemptFailedException>(() => paths.Check(lease)).Failure;

    private TaskLease Lease() => ShuffleFixture.Lease(0, []) with { Spec = ShuffleFixture.Lease(0, []).Spec with { Output = _folder["out"] } };

    private TaskLease Claimed()
    {
        var lease = Lease();
        _output.Claim(lease.JobId, lease.Spec);
        return lease;
    }
}

using MapReduce.Local;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Tests.Local;

/// <summary>What the next run finds when a run was killed: its files, and a lock that nobody holds.</summary>
public sealed class DeadRunTests : IDisposable
{
    private const string DeadJob = "0123456789abcdef0123456789abcdef";
    private static readonly TaskId Reduce = new(0, TaskKind.Reduce, 0);

    private readonly LocalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_AfterKilledRun_CleansItUp()
    {
        Die(isDecided: false);
        await _fixture.RunAsync(LocalFixture.WordCount());
        Assert.Equal("deep deep/out deep/out/_SUCCESS deep/out/part-r-00000", _fixture.Show());
    }

    [Fact]
    public async Task Run_AfterRunKilledInCommit_CarriesItOn()
    {
        Die(isDecided: true);
        await Assert.ThrowsAsync<JobRejectedException>(() => _fixture.RunAsync(LocalFixture.WordCount()));
        Assert.Equal(("deep deep/out deep/out/_SUCCESS deep/out/part-r-00000", "dead\t1\n"), (_fixture.Show(), _fixture.Part()));
    }

    [Fact]
    public async Task Run_OutputOfLivingRun_IsRejected()
    {
        using var living = OutputLock.Take(PhysicalFileSystem.Instance, _fixture.Output);
        var rejected = await Assert.ThrowsAsync<JobRejectedException>(() => _fixture.RunAsync(LocalFixture.WordCount()));
        Assert.Contains("Another process is running a job into", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputOwnedByCluster_IsRejectedUntouched()
    {
        _fixture.Write("_temporary/owner", "a-cluster-job");
        var before = _fixture.Show();
        await Assert.ThrowsAsync<JobRejectedException>(() => _fixture.RunAsync(LocalFixture.WordCount()));
        Assert.Equal(before, _fixture.Show());
    }

    [Fact]
    public void Lock_Released_LeavesNoDirectory()
    {
        OutputLock.Take(PhysicalFileSystem.Instance, _fixture.Output).Dispose();
        Assert.Equal("", _fixture.Show());
    }

    private void Die(bool isDecided)
    {
        var folders = new LocalFolders(PhysicalFileSystem.Instance, _fixture.Output, null);
        var store = new FileOutputStore(PhysicalFileSystem.Instance, folders.Data, OutputDurability.Process);
        folders.Begin(DeadJob);
        store.Claim(DeadJob, _fixture.Spec(LocalFixture.WordCount()));
        using (var part = store.Create(_fixture.Output, DeadJob, Reduce, "1.a", "part-r-00000")) part.Write("dead\t1\n"u8);
        _fixture.Write("_temporary/lock", "");
        _fixture.Write($"_temporary/work/{DeadJob}/0-m-00000/1.a/output", "scratch");
        if (!isDecided) return;
        var winner = new Winner(Reduce, "1.a", [new OutputFile("part-r-00000", 7, 1, 0)]);
        store.Publish(DeadJob, new JobOutcome { Kind = OutcomeKind.Commit, Output = _fixture.Output, Job = "wordcount", Winners = [winner] });
    }
}

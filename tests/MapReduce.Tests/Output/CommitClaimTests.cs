using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Output;

public class CommitClaimTests
{
    private readonly CommitFixture _fixture = new();

    [Fact]
    public void Claim_Twice_IsTheSameClaim()
    {
        _fixture.Store.Claim("j1", _fixture.Spec);
        _fixture.Store.Claim("j1", _fixture.Spec);
        Assert.Equal("j1", _fixture.Read("/data/out/_temporary/owner"));
    }

    [Fact]
    public void Claim_OwnedByOther_ThrowsNamingIt()
    {
        _fixture.Store.Claim("j1", _fixture.Spec);
        var error = Assert.Throws<OutputExistsException>(() => _fixture.Store.Claim("j2", _fixture.Spec));
        Assert.Contains("'/data/out' is being written by job j1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_ExistingOutput_ThrowsNamingRemedy()
    {
        _fixture.WriteOld("part-r-00000");
        var error = Assert.Throws<OutputExistsException>(() => _fixture.Store.Claim("j1", _fixture.Spec));
        Assert.Contains("--overwrite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_Refused_LeavesNoTrace()
    {
        _fixture.WriteOld("part-r-00000");
        Assert.Throws<OutputExistsException>(() => _fixture.Store.Claim("j1", _fixture.Spec));
        Assert.Equal("/data/out/part-r-00000=old", _fixture.Show());
    }

    [Fact]
    public void Claim_OverwriteOfForeignFile_ThrowsNamingIt()
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("thesis.txt");
        var error = Assert.Throws<OutputExistsException>(() => fixture.Store.Claim("j1", fixture.Spec));
        Assert.Contains("'thesis.txt'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_HiddenFiles_AreNoOutput()
    {
        _fixture.WriteOld(".DS_Store");
        _fixture.Store.Claim("j1", _fixture.Spec);
        Assert.Equal("j1", _fixture.Read("/data/out/_temporary/owner"));
    }

    [Fact]
    public void Claim_WithOutcomePublished_AcceptsPartsInPlace()
    {
        var outcome = _fixture.Store.Publish(CommitFixture.Job, _fixture.Run());
        _fixture.Store.CarryOut(CommitFixture.Job, outcome);
        _fixture.Store.Claim(CommitFixture.Job, _fixture.Spec);
        Assert.Null(_fixture.Files.Find("/data/out/_temporary"));
    }

    [Fact]
    public void Claim_AfterJobEnded_IsFree()
    {
        _fixture.Store.CarryOut("j1", _fixture.Store.Publish("j1", _fixture.Run() with { Kind = OutcomeKind.Failed, Winners = [] }));
        _fixture.Store.Claim("j2", _fixture.Spec);
        Assert.Equal("j2", _fixture.Read("/data/out/_temporary/owner"));
    }

    [Fact]
    public void CarryOut_AttemptWritesWhileItsFolderIsDeleted_DeletesThatToo()
    {
        using var folder = new TempFolder();
        var late = 3;
        var store = CommitFixture.Open(new RefusingFileSystem(path => late-- > 0 ? throw new IOException($"Directory not empty : '{path}'") : false));
        var output = folder["out"];
        Directory.CreateDirectory(Path.Combine(output, "_temporary", "j1", "0"));
        store.CarryOut("j1", new JobOutcome { Kind = OutcomeKind.Cancelled, Output = output, Job = "wordcount" });
        Assert.Empty(Directory.GetFileSystemEntries(output));
    }
}

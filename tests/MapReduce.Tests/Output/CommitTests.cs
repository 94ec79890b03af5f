using System.Text.Json;
using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Tests.Output;

public class CommitTests
{
    private readonly CommitFixture _fixture = new();

    [Fact]
    public void CarryOut_Commit_LeavesPartsAndSuccessOnly()
    {
        var outcome = _fixture.Store.Publish(CommitFixture.Job, _fixture.Run());
        _fixture.Store.CarryOut(CommitFixture.Job, outcome);
        Assert.Equal("/data/out/_SUCCESS\n/data/out/part-r-00000=winner 0\n/data/out/part-r-00001=winner 1", _fixture.Show());
    }

    [Fact]
    public void CarryOut_Commit_WritesManifest()
    {
        _fixture.Store.CarryOut(CommitFixture.Job, _fixture.Store.Publish(CommitFixture.Job, _fixture.Run()));
        var manifest = JsonDocument.Parse(_fixture.Read("/data/out/_SUCCESS")!).RootElement;
        var part = manifest.GetProperty("parts")[1];
        Assert.Equal(
            ("wordcount", "part-r-00001", 8, 1, "00001234", 7),
            (manifest.GetProperty("job").GetString(), part.GetProperty("name").GetString(), part.GetProperty("bytes").GetInt32(),
                part.GetProperty("records").GetInt32(), part.GetProperty("crc32C").GetString(), manifest.GetProperty("counters").GetProperty("WORDS").GetInt32()));
    }

    [Fact]
    public void CarryOut_FilesBesideTheParts_AreThereAndListed()
    {
        var outcome = _fixture.Run();
        var map = _fixture.WriteAttempt(CommitFixture.Job, new TaskId(0, TaskKind.Map, 4), "1.m", "errors-m-00004", "oops");
        CarriedOut(outcome with { Winners = [map, .. outcome.Winners] });
        Assert.Equal("/data/out/_SUCCESS\n/data/out/errors-m-00004=oops\n/data/out/part-r-00000=winner 0\n/data/out/part-r-00001=winner 1", _fixture.Show());
        var manifest = JsonDocument.Parse(_fixture.Read("/data/out/_SUCCESS")!).RootElement;
        Assert.Equal((2, "errors-m-00004"), (manifest.GetProperty("parts").GetArrayLength(), Assert.Single(manifest.GetProperty("files").EnumerateArray()).GetProperty("name").GetString()));
    }

    [Fact]
    public void CarryOut_Overwrite_RemovesWhatTheOldManifestLists()
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("_SUCCESS", """{"parts":[{"name":"part-r-00000"}],"files":[{"name":"errors-m-00000"},{"name":"_bad-records-m-00000"}]}""");
        foreach (var name in new[] { "part-r-00000", "errors-m-00000", "_bad-records-m-00000" }) fixture.WriteOld(name);
        fixture.Store.CarryOut(CommitFixture.Job, fixture.Store.Publish(CommitFixture.Job, fixture.Run()));
        Assert.Equal("/data/out/_SUCCESS\n/data/out/part-r-00000=winner 0\n/data/out/part-r-00001=winner 1", fixture.Show());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"parts":[{"name":"part-r-00000"}]}""")]
    public void Claim_OverwriteFileThatNoManifestLists_IsRefused(string manifest)
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("_SUCCESS", manifest);
        fixture.WriteOld("errors-m-00000");
        var refused = Assert.Throws<OutputExistsException>(() => fixture.Run());
        Assert.Contains("'errors-m-00000', which no job wrote", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CarryOut_RemovesTemporaryFolder() =>
        Assert.Null(CarriedOut(_fixture.Run()).Files.Find("/data/out/_temporary"));

    [Theory]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    public void CarryOut_WithoutCommit_LeavesNothing(OutcomeKind kind) =>
        Assert.Equal("", CarriedOut(_fixture.Run() with { Kind = kind, Winners = [] }).Show());

    [Fact]
    public void CarryOut_FailedOverwrite_KeepsOldOutput()
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("part-r-00000");
        var outcome = fixture.Store.Publish(CommitFixture.Job, fixture.Run() with { Kind = OutcomeKind.Failed, Winners = [] });
        fixture.Store.CarryOut(CommitFixture.Job, outcome);
        Assert.Equal("/data/out/part-r-00000=old", fixture.Show());
    }

    [Fact]
    public void CarryOut_Overwrite_RemovesAllOldParts()
    {
        var fixture = new CommitFixture(overwrite: true);
        foreach (var name in new[] { "_SUCCESS", "part-r-00001", "part-r-00002" }) fixture.WriteOld(name);
        fixture.Store.CarryOut(CommitFixture.Job, fixture.Store.Publish(CommitFixture.Job, fixture.Run()));
        Assert.Equal("/data/out/_SUCCESS\n/data/out/part-r-00000=winner 0\n/data/out/part-r-00001=winner 1", fixture.Show());
    }

    [Fact]
    public void CarryOut_OldPartChangedSinceClaim_KeepsIt()
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("part-r-00007");
        var outcome = fixture.Run();
        fixture.WriteOld("part-r-00007", "changed");
        fixture.Store.CarryOut(CommitFixture.Job, fixture.Store.Publish(CommitFixture.Job, outcome));
        Assert.Equal("changed", fixture.Read("/data/out/part-r-00007"));
    }

    [Fact]
    public void CarryOut_WinnerFileGone_ThrowsNamingIt()
    {
        var outcome = _fixture.Store.Publish(CommitFixture.Job, _fixture.Run());
        _fixture.Store.Discard(CommitFixture.Output, CommitFixture.Job, CommitFixture.Second, "1.b");
        var error = Assert.Throws<IOException>(() => _fixture.Store.CarryOut(CommitFixture.Job, outcome));
        Assert.Contains("0-r-00001/1.b/part-r-00001' is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CarryOut_WinnerFileGoneAndOldPartOfSameLength_Throws()
    {
        var fixture = new CommitFixture(overwrite: true);
        fixture.WriteOld("part-r-00001", "old old ");
        var outcome = fixture.Store.Publish(CommitFixture.Job, fixture.Run());
        fixture.Store.Discard(CommitFixture.Output, CommitFixture.Job, CommitFixture.Second, "1.b");
        Assert.Throws<IOException>(() => fixture.Store.CarryOut(CommitFixture.Job, outcome));
    }

    [Fact]
    public void CarryOut_AgainAfterNewerJob_LeavesItsOutput()
    {
        var fixture = new CommitFixture(overwrite: true);
        var late = fixture.Store.Publish(CommitFixture.Job, fixture.Run());
        fixture.Store.CarryOut(CommitFixture.Job, late);
        fixture.Store.CarryOut("j2", fixture.Store.Publish("j2", fixture.Run("j2", "newer!")));
        fixture.Store.CarryOut(CommitFixture.Job, late);
        Assert.Equal("/data/out/_SUCCESS\n/data/out/part-r-00000=newer! 0\n/data/out/part-r-00001=newer! 1", fixture.Show());
    }

    [Fact]
    public void CarryOut_AgainWhileNewerJobRuns_LeavesItsOwner()
    {
        var fixture = new CommitFixture(overwrite: true);
        var late = fixture.Store.Publish(CommitFixture.Job, fixture.Run());
        fixture.Store.CarryOut(CommitFixture.Job, late);
        fixture.Run("j2");
        fixture.Store.CarryOut(CommitFixture.Job, late);
        Assert.Equal("j2", fixture.Read("/data/out/_temporary/owner"));
    }

    [Fact]
    public void Publish_SecondOutcome_ReturnsFirst()
    {
        _fixture.Store.Publish(CommitFixture.Job, _fixture.Run());
        var second = CommitFixture.Open(_fixture.Files).Publish(CommitFixture.Job, new JobOutcome { Kind = OutcomeKind.Cancelled, Output = CommitFixture.Output, Job = "wordcount" });
        Assert.Equal(OutcomeKind.Commit, second.Kind);
    }

    [Fact]
    public void Publish_RoundTrip_KeepsEverything()
    {
        var outcome = _fixture.Run() with { Error = "a 'quoted' reason" };
        var read = _fixture.Store.Publish(CommitFixture.Job, outcome);
        Assert.Equal(JsonSerializer.Serialize(outcome), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void Outcome_NonePublished_IsNull() => Assert.Null(_fixture.Store.Outcome(CommitFixture.Job));

    [Fact]
    public void Missing_FileOfOtherLength_NamesWinner()
    {
        var outcome = _fixture.Run();
        _fixture.WriteAttempt(CommitFixture.Job, CommitFixture.First, "2.a", "part-r-00000", "longer than reported");
        var missing = _fixture.Store.Missing(CommitFixture.Output, CommitFixture.Job, outcome.Winners);
        Assert.Equal(CommitFixture.First, Assert.Single(missing).Task);
    }

    [Fact]
    public void Discard_AfterJobEnded_LeavesNoFolders()
    {
        CarriedOut(_fixture.Run());
        _fixture.WriteAttempt(CommitFixture.Job, CommitFixture.First, "9.zombie", "part-r-00000", "late");
        _fixture.Store.Discard(CommitFixture.Output, CommitFixture.Job, CommitFixture.First, "9.zombie");
        Assert.Null(_fixture.Files.Find("/data/out/_temporary"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("_SUCCESS")]
    [InlineData("_temporary")]
    [InlineData("../part")]
    [InlineData("a\0b")]
    public void Create_NoPlainNameOrTheEnginesOwn_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => _fixture.Store.Create(CommitFixture.Output, CommitFixture.Job, CommitFixture.First, "1.a", name));

    private CommitFixture CarriedOut(JobOutcome outcome)
    {
        _fixture.Store.CarryOut(CommitFixture.Job, _fixture.Store.Publish(CommitFixture.Job, outcome));
        return _fixture;
    }
}

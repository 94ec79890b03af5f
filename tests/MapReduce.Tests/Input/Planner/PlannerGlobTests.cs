using MapReduce.Protocol;

namespace MapReduce.Tests.Input.Planner;

public class PlannerGlobTests : PlannerTest
{
    [Theory]
    [InlineData("in/*.txt", "in/a.txt,in/b.txt")]
    [InlineData("in/?.txt", "in/a.txt,in/b.txt")]
    [InlineData("in/[ac].txt", "in/a.txt")]
    [InlineData("in/[!a].txt", "in/b.txt")]
    [InlineData("*/*.log", "in/c.log")]
    [InlineData("in/**/*.txt", "in/a.txt,in/b.txt,in/sub/deep/e.txt,in/sub/d.txt")]
    [InlineData("**/e.txt", "in/sub/deep/e.txt")]
    [InlineData("in/**/deep/*", "in/sub/deep/e.txt")]
    [InlineData("in/**/**/e.txt", "in/sub/deep/e.txt")]
    [InlineData("in/s*", "in/sub/d.txt,in/sub/deep/e.txt")]
    [InlineData("in/sub/**", "in/sub/d.txt,in/sub/deep/e.txt")]
    [InlineData("in/**", "in/a.txt,in/b.txt,in/c.log,in/sub/d.txt,in/sub/deep/e.txt")]
    [InlineData("in/**/*", "in/a.txt,in/b.txt,in/c.log,in/sub/d.txt,in/sub/deep/e.txt")]
    [InlineData("in/_*", "in/_hidden.txt")]
    [InlineData("in/_dir/*", "in/_dir/f.txt")]
    public void Plan_Glob_ReadsWhatMatches(string glob, string files)
    {
        foreach (var name in new[] { "in/a.txt", "in/b.txt", "in/c.log", "in/sub/d.txt", "in/sub/deep/e.txt", "in/_hidden.txt", "in/.x.txt" }) Folder.File(name);
        if (glob.Contains("_dir", StringComparison.Ordinal)) Folder.File("in/_dir/f.txt");
        Assert.Equal(files.Split(',').Order(StringComparer.Ordinal), FilesOf(Spec(glob)));
    }

    [Fact]
    public void Plan_GlobBelowOddDirectory_TakesTheDirectoryLiterally()
    {
        Folder.File("odd name (1)/a.txt");
        Assert.Equal(["odd name (1)/a.txt"], FilesOf(Spec("odd name (1)/*.txt")));
    }

    [Fact]
    public void Plan_RecursiveGlobWithLinkThatLeadsUp_ReadsEachFileOnce()
    {
        Folder.File("in/sub/a.txt");
        Folder.Link("in/sub/loop", "..");
        Assert.Equal(["in/sub/a.txt"], FilesOf(Spec("in/**/*.txt")));
    }

    [Fact]
    public void Plan_RecursiveGlobs_AreNotedTwiceOnlyAcrossInputs()
    {
        Folder.File("in/sub/a.txt");
        Assert.Empty(Plan(Spec("in/**/*")).Notes);
    }

    [Fact]
    public void Plan_GlobWithoutMatch_IsRefused()
    {
        Folder.File("in/a.txt");
        AssertRefused(Spec("in/*.log"), "in/*.log' matches no file");
    }

    [Fact]
    public void Plan_GlobThatMatchesOnlyHiddenNames_IsRefused()
    {
        Folder.File("in/_SUCCESS");
        AssertRefused(Spec("in/*"), "matches no file");
    }

    [Fact]
    public void Plan_GlobBelowMissingDirectory_IsRefused() => AssertRefused(Spec("none/*"), "matches no file");

    [Fact]
    public void Plan_UnclosedBracket_IsAPlainName() => AssertRefused(Spec("in/[a"), "does not exist");

    [Theory]
    [InlineData("*", "out")]
    [InlineData("in/*", "in/out/run1")]
    [InlineData("in/**/*.txt", "in/sub/deep/out.txt")]
    [InlineData("in/**", "in/sub/out")]
    public void Plan_OutputThatTheGlobMatches_IsRefused(string glob, string output)
    {
        Folder.File("in/sub/a.txt");
        AssertRefused(Spec(glob) with { Output = Folder[output] }, "matches the input");
    }

    [Theory]
    [InlineData("in/*.txt", "in/out")]
    [InlineData("in/*", "in/_out")]
    [InlineData("in/*/a.txt", "in/out")]
    public void Plan_OutputBesideWhatTheGlobMatches_IsAccepted(string glob, string output)
    {
        Folder.File("in/a.txt");
        Folder.File("in/sub/a.txt");
        Assert.NotEmpty(Plan(Spec(glob) with { Output = Folder[output] }).Splits);
    }

    [Fact]
    public void Plan_OutputOfFormerRunBelowLink_IsRefused()
    {
        Folder.File("out/part-r-00000");
        Folder.File("in/a.txt");
        Folder.Link("in/old", "../out");
        JobSpec spec = Spec("in/*");
        AssertRefused(spec, "lies in the output directory");
    }
}

using MapReduce.Storage;

namespace MapReduce.Tests.Input.Planner;

public class PlannerFilesTests : PlannerTest
{
    [Fact]
    public void Plan_File_IsRead()
    {
        Folder.File("a.txt");
        Assert.Equal(["a.txt"], FilesOf(Spec("a.txt")));
    }

    [Fact]
    public void Plan_SeveralFiles_InTheOrderGiven()
    {
        Folder.File("b");
        Folder.File("a");
        Assert.Equal(["b", "a"], FilesOf(Spec("b", "a")));
    }

    [Fact]
    public void Plan_Directory_AllBelowByOrdinalPath()
    {
        foreach (var name in new[] { "in/b", "in/a/z", "in/a.txt", "in/B", "in/a/deep/er/x" }) Folder.File(name);
        Assert.Equal(["in/B", "in/a.txt", "in/a/deep/er/x", "in/a/z", "in/b"], FilesOf(Spec("in")));
    }

    [Fact]
    public void Plan_DirectoryWithSlashAtItsEnd_IsRead()
    {
        Folder.File("in/a");
        Assert.Equal(["in/a"], FilesOf(Spec("in/")));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("with'quote\"s")]
    [InlineData("ünï😀code")]
    [InlineData("-dash")]
    [InlineData("new\nline")]
    [InlineData("star*")]
    [InlineData("[a]?")]
    public void Plan_OddName_IsTakenAsItIs(string name)
    {
        Folder.File(name);
        Assert.Equal([name], FilesOf(Spec(name)));
    }

    [Fact]
    public void Plan_FileNamedLikeAGlob_IsTakenLiterally()
    {
        Folder.File("in/a*");
        Folder.File("in/ab");
        Assert.Equal(["in/a*"], FilesOf(Spec("in/a*")));
    }

    [Fact]
    public void Plan_HiddenNamesBelowDirectory_AreSkipped()
    {
        foreach (var name in new[] { "in/.hidden", "in/_SUCCESS", "in/_temporary/part", "in/.git/config", "in/a_b" }) Folder.File(name);
        Assert.Equal(["in/a_b"], FilesOf(Spec("in")));
    }

    [Fact]
    public void Plan_HiddenNamesBelowDirectory_AreNoted()
    {
        Folder.File("in/_SUCCESS");
        Folder.File("in/a");
        Assert.Contains("_SUCCESS", Assert.Single(Plan(Spec("in")).Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_named")]
    [InlineData(".named")]
    [InlineData("_dir/.file")]
    public void Plan_HiddenFileNamedExplicitly_IsRead(string name)
    {
        Folder.File(name);
        Assert.Equal([name], FilesOf(Spec(name)));
    }

    [Fact]
    public void Plan_HiddenDirectoryNamedExplicitly_IsRead()
    {
        Folder.File("_dir/a");
        Assert.Equal(["_dir/a"], FilesOf(Spec("_dir")));
    }

    [Fact]
    public void Plan_SameFileTwice_IsReadOnce()
    {
        Folder.File("in/a");
        Assert.Equal(2, Plan(Spec("in/a", "in/a", "in")).Splits.Sum(split => split.Length));
    }

    [Fact]
    public void Plan_SameFileTwice_IsNoted()
    {
        Folder.File("a");
        Assert.Contains("Read once", Assert.Single(Plan(Spec("a", "a")).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SameFileInAnotherSpelling_IsReadOnce()
    {
        Folder.File("in/a");
        Assert.Equal(["in/a"], FilesOf(Spec("in/a", "in/../in/./a")));
    }

    [Fact]
    public void Plan_FileAndLinkToIt_IsReadOnce()
    {
        Folder.File("in/a");
        Folder.Link("in/b", "a");
        Assert.Equal(["in/a"], FilesOf(Spec("in")));
    }

    [Fact]
    public void Plan_LinkToFile_IsReadUnderItsOwnName()
    {
        Folder.File("data/a");
        Folder.Link("link", "data/a");
        Assert.Equal(["link"], FilesOf(Spec("link")));
    }

    [Fact]
    public void Plan_LinkToDirectory_IsFollowed()
    {
        Folder.File("data/a");
        Folder.Folder("in");
        Folder.Link("in/more", "../data");
        Assert.Equal(["in/more/a"], FilesOf(Spec("in")));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../in")]
    public void Plan_LinkThatLeadsUp_IsHarmless(string target)
    {
        Folder.File("in/sub/a");
        Folder.Link("in/sub/loop", target);
        Assert.Equal(["in/sub/a"], FilesOf(Spec("in")));
    }

    [Fact]
    public void Plan_AbsoluteLinkThatLeadsUpThroughAnother_IsHarmless()
    {
        Folder.File("real/in/a");
        Folder.Link("short", "real");
        Folder.Link("real/in/loop", Folder["short/in"]);
        Assert.Equal(["short/in/a"], FilesOf(Spec("short/in")));
    }

    [Fact]
    public void Plan_TwoDirectoriesLinkedToEachOther_ReadsEachFileOnce()
    {
        Folder.File("in/a/x");
        Folder.File("in/b/y");
        Folder.Link("in/a/b", "../b");
        Folder.Link("in/b/a", "../a");
        Assert.Equal(2, FilesOf(Spec("in")).Length);
    }

    [Fact]
    public void Plan_LinkThatLeadsUp_IsNoted()
    {
        Folder.File("in/a");
        Folder.Link("in/loop", ".");
        Assert.Contains(Folder["in/loop"], Assert.Single(Plan(Spec("in")).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_File_CarriesLengthAndTime()
    {
        Folder.File("a", "four");
        var piece = Assert.Single(Assert.Single(Plan(Spec("a")).Splits).Pieces);
        var found = PhysicalFileSystem.Instance.Find(Folder["a"])!;
        Assert.Equal((4, found.ModifiedTicks), (piece.FileLength, piece.ModifiedTicks));
    }

    [Fact]
    public void Plan_ManySkipped_NoteStaysShort()
    {
        Folder.File("in/a");
        for (var index = 0; index < 100; index++) Folder.File($"in/_{index:D3}");
        Assert.EndsWith("and 95 more", Assert.Single(Plan(Spec("in")).Notes), StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Storage;

public sealed class PhysicalFileSystemTests : IDisposable
{
    private static readonly PhysicalFileSystem Files = PhysicalFileSystem.Instance;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenRead_PipeWithoutAWriter_IsRefusedAtOnce()
    {
        using (var made = Process.Start("mkfifo", _folder["pipe"])) made.WaitForExit();
        var refused = Assert.Throws<IOException>(() => Files.OpenRead(_folder["pipe"]));
        Assert.Contains("is a pipe", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_EmptyFile_ReadsNothing()
    {
        using var file = Files.OpenRead(_folder.File("empty", ""));
        Assert.Equal(0, file.Read(new byte[8], 0));
    }

    [Fact]
    public void TryLink_NameTaken_LeavesItAsItIs()
    {
        Assert.False(Files.TryLink(_folder.File("new", "new"), _folder.File("taken", "old")));
        Assert.Equal("old", File.ReadAllText(_folder["taken"]));
    }

    [Fact]
    public void TryLink_NameFree_GivesTheFileASecondName()
    {
        Assert.True(Files.TryLink(_folder.File("one", "text"), _folder["two"]));
        Assert.Equal("text", File.ReadAllText(_folder["two"]));
    }

    [Fact]
    public void Create_ExclusiveAndTaken_Throws() =>
        Assert.Throws<IOException>(() => Files.Create(_folder.File("taken"), exclusive: true));

    [Fact]
    public void SyncDirectory_Existing_Succeeds() => Files.SyncDirectory(_folder.Path);

    [Fact]
    public void SyncDirectory_Missing_NamesIt()
    {
        var failure = Assert.Throws<IOException>(() => Files.SyncDirectory(_folder["missing"]));
        Assert.Contains("missing", failure.Message, StringComparison.Ordinal);
    }
}

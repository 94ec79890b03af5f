using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Storage;

public sealed class PublishTests : IDisposable
{
    private static readonly PhysicalFileSystem Files = PhysicalFileSystem.Instance;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Another writer had the name for a moment: whoever looks why it was taken finds it free.
    [Fact]
    public void TryPublish_DraftTakenAndFreedByAnother_TakesTheNextNumber()
    {
        var races = 3;
        var files = new RefusingFileSystem(path => races-- > 0 ? throw new IOException($"The file '{path}' already exists.") : false);
        Assert.True(files.TryPublish(_folder["name"], "text"u8, sync: false));
        Assert.Equal("text", File.ReadAllText(_folder["name"]));
    }

    [Fact]
    public void TryPublish_DiskRefuses_SaysSo()
    {
        var files = new RefusingFileSystem(path => throw new IOException("No space left on device"));
        Assert.Contains("No space", Assert.ThrowsAny<IOException>(() => files.TryPublish(_folder["name"], "text"u8, sync: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryPublish_FolderMissing_NamesIt()
    {
        var failure = Assert.ThrowsAny<IOException>(() => Files.TryPublish(_folder[Path.Combine("gone", "name")], default, sync: false));
        Assert.Contains("gone", failure.Message, StringComparison.Ordinal);
    }
}

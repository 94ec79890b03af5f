using MapReduce.Shuffle;
using MapReduce.WorkerService.Storage;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Storage;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_Always_WritesItsIdIntoTheFolder()
    {
        using var work = WorkFolder.Create(_folder.Root);
        Assert.Equal(work.WorkerId, File.ReadAllText(WorkDirectory.WorkerId(work.Path)));
    }

    [Fact]
    public void Create_Always_KeepsTheFolderFromOtherUsers()
    {
        using var work = WorkFolder.Create(_folder.Root);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(work.Path));
    }

    [Fact]
    public void Sweep_FolderOfALivingWorker_KeepsIt()
    {
        using var living = WorkFolder.Create(_folder.Root);
        using var work = WorkFolder.Create(_folder.Root);
        Assert.Empty(work.SweepDead());
        Assert.True(Directory.Exists(living.Path));
    }

    [Fact]
    public void Sweep_FolderOfADeadWorker_DeletesIt()
    {
        var dead = Dead("0123456789abcdef");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(dead, "job", "0-m-00000")).FullName, "output"), "left");
        using var work = WorkFolder.Create(_folder.Root);
        Assert.Equal([(dead, null)], work.SweepDead());
        Assert.False(Directory.Exists(dead));
    }

    [Fact]
    public void Sweep_FolderThatIsNoWorkers_KeepsIt()
    {
        var others = _folder.File("photos/me.jpg", "");
        using var work = WorkFolder.Create(_folder.Root);
        work.SweepDead();
        Assert.True(File.Exists(others));
    }

    [Fact]
    public void Dispose_Always_DeletesTheFolder()
    {
        var work = WorkFolder.Create(_folder.Root);
        work.Dispose();
        Assert.False(Directory.Exists(work.Path));
    }

    // As a process leaves it that was killed: nobody holds the lock.
    private string Dead(string name) => Path.GetDirectoryName(_folder.File($"{name}/lock", ""))!;
}

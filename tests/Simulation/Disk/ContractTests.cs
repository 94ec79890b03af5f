using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

public sealed class ContractTests : IDisposable
{
    private const int Calls = 3000;

    private readonly string _root = Directory.CreateTempSubdirectory("mapreduce-sim-disk-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyCall_AfterAnyOthers_AnswersAsThePhysicalDiskDoes(int seed)
    {
        var world = new VirtualWorld(seed);
        var disk = new SimDisk(world);
        disk.Outside.CreateDirectory(_root);
        using var walk = new ContractWalk(new Random(seed), _root);
        for (var call = 0; call < Calls; call++)
        {
            var (what, run) = walk.Draw();
            Assert.Equal((seed, call, what, Answer(PhysicalFileSystem.Instance, run)), (seed, call, what, Answer(disk.Outside, run)));
        }

        Assert.Equal(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal), disk.AllFiles());
    }

    [Fact]
    public void Write_AtOneInstant_GivesEveryChangeATimeOfItsOwn()
    {
        var files = new SimDisk(new VirtualWorld(1)).Outside;
        files.WriteAll("/a", "1"u8, exclusive: false, sync: false);
        files.WriteAll("/b", "1"u8, exclusive: false, sync: false);
        Assert.True(files.Find("/a")!.ModifiedTicks < files.Find("/b")!.ModifiedTicks);
    }

    [Fact]
    public void Rename_File_KeepsItsTime()
    {
        var files = new SimDisk(new VirtualWorld(1)).Outside;
        files.WriteAll("/a", "1"u8, exclusive: false, sync: false);
        var before = files.Find("/a")!;
        files.WriteAll("/b", "1"u8, exclusive: false, sync: false);
        files.Rename("/a", "/b");
        Assert.Equal(before with { Path = "/b" }, files.Find("/b"));
    }

    private static string Answer(IFileSystem files, Func<IFileSystem, string> run)
    {
        try
        {
            return run(files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return error.GetType().Name;
        }
    }
}

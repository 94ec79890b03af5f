using System.Text;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

public class FaultTests
{
    private const string Scratch = "/scratch/w1", Probe = $"{Scratch}/space-probe";

    private readonly VirtualWorld _world = new(1);
    private readonly SimDisk _disk;
    private readonly Node _node;
    private readonly IFileSystem _files;

    public FaultTests()
    {
        _disk = new SimDisk(_world);
        _node = new Node(_world, "w1");
        _disk.Outside.CreateDirectory(Scratch);
        _files = _disk.ViewOf(_node, () => { });
    }

    [Fact]
    public void Write_DiskFull_WritesAPartAndSaysSo()
    {
        using var writer = _files.Create(Probe);
        _disk.Fill("/scratch", isFull: true);
        Assert.Equal(SimDisk.NoSpace, Assert.Throws<IOException>(() => writer.Write("abcd"u8)).HResult);
        Assert.StartsWith(Read(Probe), "abcd", StringComparison.Ordinal);
    }

    [Fact]
    public void Create_DiskFull_Throws()
    {
        _disk.Fill(Scratch, isFull: true);
        Assert.Equal(SimDisk.NoSpace, Assert.Throws<IOException>(() => _files.Create(Probe)).HResult);
        Assert.Equal(SimDisk.NoSpace, Assert.Throws<IOException>(() => _files.CreateDirectory($"{Scratch}/j")).HResult);
        _files.CreateDirectory(Scratch);
    }

    [Fact]
    public void Create_AnotherDiskFullOrThisOneNoMore_Creates()
    {
        _disk.Fill("/scratch/w", isFull: true);
        _disk.Fill(Scratch, isFull: true);
        _disk.Fill(Scratch, isFull: false);
        _files.WriteAll(Probe, "abcd"u8, exclusive: true, sync: false);
        Assert.Equal("abcd", Read(Probe));
    }

    [Fact]
    public void Vanish_FileBeingRead_LeavesItToWhoHasItOpen()
    {
        _files.WriteAll(Probe, "abcd"u8, exclusive: true, sync: false);
        using var reader = _files.OpenRead(Probe);
        _disk.Vanish(Probe);
        Assert.Null(_files.Find(Probe));
        Assert.Equal(4, reader.Read(new byte[10], 0));
    }

    [Fact]
    public void Corrupt_File_ChangesAByteAndNotItsTime()
    {
        _files.WriteAll(Probe, "abcd"u8, exclusive: true, sync: false);
        var before = _files.Find(Probe);
        Assert.True(_disk.Corrupt(Probe));
        Assert.Equal("absd", Read(Probe));
        Assert.Equal(before, _files.Find(Probe));
    }

    [Fact]
    public void Corrupt_NoFileOrNothingInIt_IsFalse()
    {
        _files.WriteAll(Probe, ""u8, exclusive: true, sync: false);
        Assert.False(_disk.Corrupt(Probe) || _disk.Corrupt("/scratch/nothing") || _disk.Corrupt(Scratch));
    }

    [Theory]
    [InlineData(Probe)]
    [InlineData(Scratch)]
    public void TryReadAll_DeletedBetweenTheLookAndTheOpen_IsNull(string deleted)
    {
        _files.WriteAll(Probe, "abcd"u8, exclusive: true, sync: false);
        _node.AtFailPoint = (_, moment) =>
        {
            if (moment == Moment.Before) return;
            if (deleted == Probe) _disk.Vanish(deleted);
            else _disk.Outside.DeleteTree(deleted);
        };
        Assert.Null(_files.TryReadAll(Probe));
    }

    [Fact]
    public void Write_NodeDiesBefore_LeavesAnyPart()
    {
        var left = new HashSet<string>();
        for (var seed = 0; seed < 100; seed++)
        {
            var world = new VirtualWorld(seed);
            var node = Dying(world, "w1", FailPoint.SpaceProbeWrite, Moment.Before);
            var disk = new SimDisk(world);
            disk.Outside.CreateDirectory(Scratch);
            using var writer = disk.ViewOf(node, () => { }).Create(Probe);
            Assert.Throws<NodeDiedException>(() => writer.Write("abc"u8));
            Assert.Throws<NodeDiedException>(() => writer.Write("dead"u8));
            left.Add(Encoding.UTF8.GetString(disk.Outside.TryReadAll(Probe)!));
        }

        Assert.Equal(["", "a", "ab", "abc"], left.Order());
    }

    [Theory]
    [InlineData(Moment.Before, 3, 0)]
    [InlineData(Moment.After, 2, 1)]
    public void DeleteTree_NodeDiesAtOneFile_LeavesTheRest(object moment, int left, int changes)
    {
        _disk.Outside.CreateDirectory($"{Scratch}/j/m-0/1");
        for (var i = 0; i < 3; i++) _disk.Outside.WriteAll($"{Scratch}/j/m-0/1/run-{i}", "1"u8, exclusive: true, sync: false);
        var changed = 0;
        var node = Dying(_world, "w2", FailPoint.RunDelete, (Moment)moment);
        Assert.Throws<NodeDiedException>(() => _disk.ViewOf(node, () => changed++).DeleteTree($"{Scratch}/j"));
        Assert.Equal((left, changes), (_disk.AllFiles().Count, changed));
    }

    private string Read(string path) => Encoding.UTF8.GetString(_disk.Outside.TryReadAll(path)!);

    private static Node Dying(VirtualWorld world, string name, FailPoint at, Moment when)
    {
        var node = new Node(world, name);
        node.AtFailPoint = (point, moment) =>
        {
            if (point == at && moment == when) node.Kill();
        };
        return node;
    }
}

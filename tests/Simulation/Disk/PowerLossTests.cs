using System.Text;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>Each fact holds whatever the seed draws: what is possible is what comes out of many seeds.</summary>
public class PowerLossTests
{
    private const int Seeds = 200;
    private const string Folder = "/data/out", Path = $"{Folder}/_SUCCESS", Draft = $"{Folder}/_temporary/j/_SUCCESS";

    [Fact]
    public void LosePower_ContentNotSynced_LeavesPartOfIt()
    {
        var left = After((mine, _) =>
        {
            mine.WriteAll(Draft, "abcd"u8, exclusive: false, sync: false);
            mine.SyncDirectory(Parent(Draft));
        }, Draft);
        Assert.Subset(left, new HashSet<string?>(["", "a", "ab", "abc", "abcd"]));
        Assert.All(left, each => Assert.True(each?.Length <= 4));
    }

    [Fact]
    public void LosePower_ContentSynced_LeavesAllOfIt() => Assert.Equal(["abcd"], After((mine, _) =>
    {
        mine.WriteAll(Draft, "abcd"u8, exclusive: false, sync: true);
        mine.SyncDirectory(Parent(Draft));
    }, Draft));

    [Fact]
    public void LosePower_NameNotSynced_LeavesItOrNot() =>
        Assert.Equal([null, "abcd"], After((mine, _) => mine.WriteAll(Draft, "abcd"u8, exclusive: false, sync: true), Draft).Order());

    [Fact]
    public void LosePower_NameSyncedByAnother_LeavesIt() => Assert.Equal(["abcd"], After((mine, other) =>
    {
        mine.WriteAll(Draft, "abcd"u8, exclusive: false, sync: true);
        other.SyncDirectory(Parent(Draft));
    }, Draft));

    [Fact]
    public void LosePower_OfAnotherMachine_TakesNothing() =>
        Assert.Equal(["abcd"], After((_, other) => other.WriteAll(Draft, "abcd"u8, exclusive: false, sync: false), Draft));

    [Fact]
    public void LosePower_DeleteNotSynced_BringsItBackOrNot() => Assert.Equal([null, "old"], After((mine, _) => mine.Delete(Path), Path).Order());

    [Fact]
    public void LosePower_TwoNamesInOneFolder_LeavesAnyOfThem() => Assert.Equal(["", "1", "12", "2"], After((mine, _) =>
    {
        mine.WriteAll($"{Folder}/part-1", "1"u8, exclusive: false, sync: true);
        mine.WriteAll($"{Folder}/part-2", "2"u8, exclusive: false, sync: true);
    }, files => Read(files, $"{Folder}/part-1") + Read(files, $"{Folder}/part-2")).Order());

    [Fact]
    public void LosePower_RenameNotSynced_LeavesOneOfBothNames() => Assert.Equal(["new for ", "old for new"], After((mine, _) =>
    {
        WriteDraft(mine);
        mine.Rename(Draft, Path);
    }, files => $"{Read(files, Path)} for {Read(files, Draft)}").Order());

    [Fact]
    public void LosePower_RenameWithItsTargetSynced_LeavesTheNewName() => Assert.Equal(["new for "], After((mine, _) =>
    {
        WriteDraft(mine);
        mine.Rename(Draft, Path);
        mine.SyncDirectory(Folder);
    }, files => $"{Read(files, Path)} for {Read(files, Draft)}"));

    [Fact]
    public void LosePower_RenameFromAFolderThatIsGone_NeverLosesTheFile() => Assert.DoesNotContain("", After((mine, _) =>
    {
        WriteDraft(mine);
        mine.Rename(Draft, Path);
        mine.DeleteTree(Parent(Draft));
    }, files => $"{Read(files, Path)}{Read(files, Draft)}"));

    [Fact]
    public void LosePower_FolderNotSynced_MayTakeWhatWasSyncedInIt() => Assert.Equal([null, "abcd"], After((mine, _) =>
    {
        mine.CreateDirectory($"{Folder}/new");
        mine.WriteAll($"{Folder}/new/part-1", "abcd"u8, exclusive: false, sync: true);
        mine.SyncDirectory($"{Folder}/new");
    }, $"{Folder}/new/part-1").Order());

    [Fact]
    public void LosePower_FolderInWhichAnotherMachineMadeAFile_LeavesIt() => Assert.Equal(["abcd"], After((mine, other) =>
    {
        mine.CreateDirectory($"{Folder}/new");
        other.WriteAll($"{Folder}/new/part-1", "abcd"u8, exclusive: false, sync: true);
    }, $"{Folder}/new/part-1"));

    [Fact]
    public void LosePower_TreeDeleted_NeverBringsBackAFileWithoutItsFolder() => Assert.All(After((mine, _) => mine.DeleteTree($"{Folder}/_temporary"), files =>
    {
        foreach (var path in new[] { $"{Folder}/_temporary/j/2", $"{Folder}/_temporary/j/1" })
            if (files.Find(path) is not null) Assert.Contains(files.List(Parent(path)), entry => entry.Path == path);
        return Read(files, $"{Folder}/_temporary/j/1") + Read(files, $"{Folder}/_temporary/j/2");
    }), left => Assert.Contains(left, new[] { "", "1", "2", "12" }));

    [Fact]
    public void Kill_WithNothingSynced_LosesNothing()
    {
        var world = new VirtualWorld(1);
        var (disk, node) = (new SimDisk(world), new Node(world, "m1"));
        disk.Outside.CreateDirectory(Folder);
        var files = disk.ViewOf(node, () => { });
        files.CreateDirectory(Parent(Draft));
        files.WriteAll(Draft, "abcd"u8, exclusive: false, sync: false);
        node.Kill();
        Assert.Equal("abcd", Read(disk.Outside, Draft));
    }

    private static HashSet<string?> After(Action<IFileSystem, IFileSystem> work, string path) => After(work, files => Read(files, path));

    // What may be seen after one of two machines did something and lost its power.
    private static HashSet<string?> After(Action<IFileSystem, IFileSystem> work, Func<IFileSystem, string?> see) => [.. Enumerable.Range(0, Seeds).Select(seed =>
    {
        var world = new VirtualWorld(seed);
        var (disk, mine, other) = (new SimDisk(world), new Node(world, "m1"), new Node(world, "m2"));
        disk.Outside.CreateDirectory(Parent(Draft));
        disk.Outside.WriteAll(Path, "old"u8, exclusive: false, sync: false);
        disk.Outside.WriteAll($"{Parent(Draft)}/1", "1"u8, exclusive: false, sync: false);
        disk.Outside.WriteAll($"{Parent(Draft)}/2", "2"u8, exclusive: false, sync: false);
        work(disk.ViewOf(mine, () => { }), disk.ViewOf(other, () => { }));
        disk.LosePower(node => node == mine);
        return see(disk.Outside);
    })];

    private static void WriteDraft(IFileSystem files)
    {
        files.WriteAll(Draft, "new"u8, exclusive: false, sync: true);
        files.SyncDirectory(Parent(Draft));
    }

    private static string Parent(string path) => System.IO.Path.GetDirectoryName(path)!;

    private static string? Read(IFileSystem files, string path) => files.TryReadAll(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}

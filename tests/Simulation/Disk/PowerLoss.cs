using Simulation.World;

namespace Simulation.Disk;

/// <summary>
/// What a loss of power does to a disk. Of each file that the machines wrote, a prefix between what was synced and what was
/// written stays, sometimes with garbage where the rest was; of the unsynced changes of names in each directory the first
/// stay. A name that another machine changed since, or a folder in which another made something, was durable before.
/// </summary>
internal sealed class PowerLoss(VirtualWorld world, DiskTree tree, Func<Node, bool> whose)
{
    // One loss in four takes everything that was not synced, one in four nothing.
    private readonly int _severity = world.Random.Next(4);

    public void Strike()
    {
        foreach (var file in tree.UnsyncedFiles)
        {
            if (whose(file.Writer!)) Tear(file);
        }

        tree.UnsyncedFiles.RemoveAll(file => file.Durable == file.Length);
        foreach (var (directory, change) in Lost().OrderByDescending(lost => lost.Change.Sequence)) Undo(directory, change);
    }

    private void Tear(FileNode file)
    {
        var written = file.Length;
        file.Cut(file.Durable + Kept(written - file.Durable));
        // The length may have reached the disk and the content not.
        if (file.Length < written && world.Chance(0.3)) file.Append(Garbage(written - file.Length));
        file.Durable = file.Length;
    }

    private byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        if (world.Chance(0.5)) world.Random.NextBytes(bytes);
        return bytes;
    }

    private List<(DirectoryNode Directory, NameChange Change)> Lost()
    {
        var all = new List<(DirectoryNode, NameChange)>();
        // In the order of their first change, which the seed decides: that of a set does not.
        foreach (var directory in tree.UnsyncedDirectories.OrderBy(directory => directory.Unsynced[0].Sequence).ToList())
        {
            var changes = directory.Unsynced.Where(change => whose(change.By)).ToList();
            all.AddRange(Lost(changes).Select(change => (directory, change)));
            directory.Unsynced.RemoveAll(change => whose(change.By));
            if (directory.Unsynced.Count == 0) tree.UnsyncedDirectories.Remove(directory);
        }

        return all;
    }

    // Most file systems write changes of names in their order; none has to.
    private IEnumerable<NameChange> Lost(List<NameChange> changes) =>
        _severity == 3 ? changes.Where(_ => world.Chance(0.5)) : changes.Skip(Kept(changes.Count));

    private int Kept(int count) => _severity switch
    {
        0 => 0,
        1 => count,
        _ => world.Random.Next(count + 1),
    };

    private void Undo(DirectoryNode directory, NameChange change)
    {
        var now = tree.Find(change.Path);
        if (!tree.IsThere(directory) || now?.Inode != change.After || (now is not null && IsUsedByOthers(now))) return;
        if (change.From is { } from)
        {
            // A folder that is gone, or a name that is taken again, shows that the rename was durable.
            if (!tree.IsThere(from.Parent) || tree.Find(from.Path) is not null) return;
            tree.Put(from);
        }

        if (now is not null) tree.Remove(now);
        if (change.Before is { } before) tree.Put(before);
    }

    private bool IsUsedByOthers(DiskName name) =>
        name.Inode is DirectoryNode directory && directory.Names.Exists(below => below.By is null || !whose(below.By) || IsUsedByOthers(below));
}

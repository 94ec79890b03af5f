using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>
/// The storage that all machines share, and their own disks: full at times, rotten in places, and, where a machine loses its
/// power, without what that machine had not synced.
/// </summary>
internal sealed class SimDisk
{
    public const int NoSpace = 28; // ENOSPC

    private readonly VirtualWorld _world;
    private readonly DiskTree _tree;
    private readonly List<string> _full = [];

    public SimDisk(VirtualWorld world)
    {
        _world = world;
        _tree = new DiskTree(world.Outside.Time);
        Outside = new DiskView(world, this, _tree, node: null, () => { });
    }

    /// <summary>For set-up and audits: no fail-points, no faults, and what it writes is durable at once.</summary>
    public IFileSystem Outside { get; }

    /// <summary>The disk as a process sees it.</summary>
    /// <param name="node">The process, and the machine that it runs on.</param>
    /// <param name="changed">Told after every change of a name.</param>
    public IFileSystem ViewOf(Node node, Action changed) => new DiskView(_world, this, _tree, node, changed);

    /// <summary>The machines of these nodes lose their power: of what they did not sync all is lost, or some, or nothing.</summary>
    public void LosePower(Func<Node, bool> whose) => new PowerLoss(_world, _tree, whose).Strike();

    /// <summary>Fills the disk below a folder: files and folders cannot be made there, and writes end in their middle.</summary>
    public void Fill(string root, bool isFull)
    {
        _full.Remove(root);
        if (isFull) _full.Add(root);
    }

    /// <summary>Somebody deletes a file.</summary>
    public void Vanish(string path) => Outside.Delete(path);

    /// <summary>Flips a bit in the middle of a file.</summary>
    /// <returns>False when there is none to flip.</returns>
    public bool Corrupt(string path)
    {
        if (_tree.Find(path)?.Inode is not FileNode { Length: > 0 } file) return false;
        file.Flip(file.Length / 2);
        return true;
    }

    /// <summary>The paths of all files, in ordinal order.</summary>
    public IReadOnlyList<string> AllFiles() => [.. _tree.Files];

    public bool IsFull(string path) => _full.Count > 0 && _full.Exists(root => path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/'));
}

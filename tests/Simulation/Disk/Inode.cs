using Simulation.World;

namespace Simulation.Disk;

/// <summary>What a name stands for.</summary>
internal abstract class Inode
{
    public long ModifiedTicks { get; set; }
}

/// <summary>The content of a file, which may have several names and outlives them while it is open.</summary>
/// <param name="writer">The machine that writes it; null for what is durable at once.</param>
internal sealed class FileNode(Node? writer) : Inode
{
    private byte[] _bytes = [];

    public Node? Writer => writer;

    public int Length { get; private set; }

    /// <summary>Bytes that a loss of power leaves.</summary>
    public int Durable { get; set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public int Read(Span<byte> buffer, long offset)
    {
        if (offset >= Length) return 0;
        var source = Bytes[(int)offset..];
        if (source.Length > buffer.Length) source = source[..buffer.Length];
        source.CopyTo(buffer);
        return source.Length;
    }

    public void Cut(int length) => Length = Math.Min(Length, length);

    public void Flip(int at) => _bytes[at] ^= 0x10;
}

/// <summary>A directory: names, and the changes of names that a loss of power may undo.</summary>
internal sealed class DirectoryNode(string path) : Inode
{
    public string Path => path;

    public List<DiskName> Names { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<NameChange> Unsynced { get; } = [];
}

/// <summary>An entry of a directory.</summary>
/// <param name="path">The whole path.</param>
/// <param name="parent">The directory.</param>
/// <param name="inode">What it stands for.</param>
/// <param name="by">The machine that made it; null for nobody's.</param>
internal sealed class DiskName(string path, DirectoryNode parent, Inode inode, Node? by)
{
    public string Path => path;

    public DirectoryNode Parent => parent;

    public Inode Inode => inode;

    public Node? By => by;
}

/// <summary>A name changed, and the directory was not synced since.</summary>
/// <param name="Sequence">Orders the changes of the whole disk.</param>
/// <param name="By">The machine that made it.</param>
/// <param name="Path">The name.</param>
/// <param name="Before">What it stood for; null when it did not exist.</param>
/// <param name="After">What it stands for now; null when it was deleted.</param>
/// <param name="From">The name that a rename took away; else null.</param>
internal readonly record struct NameChange(long Sequence, Node By, string Path, DiskName? Before, Inode? After, DiskName? From);

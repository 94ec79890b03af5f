namespace MapReduce.Storage;

/// <summary>
/// The disk, as the engine needs it: every byte that the engine reads or writes passes here, so that a simulation can
/// tear writes, lose unsynced data, fill the disk or make a file vanish. All members are safe for concurrent use.
/// </summary>
/// <remarks>
/// Calls block: attempts run on threads of their own and read and write in large pieces. Paths are absolute.
/// Failures are <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> whose message names the path.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Opens an existing file for reads at any offset.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    IFileReader OpenRead(string path);

    /// <summary>Creates a file, in place of an existing one, for writing from its start to its end.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="exclusive">When true, an existing file is an <see cref="IOException"/> (the claim of a name by one of many).</param>
    IFileWriter Create(string path, bool exclusive = false);

    /// <summary>What stands at a path, or null when nothing does. Links are followed.</summary>
    FileEntry? Find(string path);

    /// <summary>The entries of a directory, without those below it, ordered by name (ordinal). Links are followed.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    IReadOnlyList<FileEntry> List(string directory);

    /// <summary>Creates a directory and those above it; one that exists is left as it is.</summary>
    void CreateDirectory(string path);

    /// <summary>Deletes a file; one that does not exist is left so.</summary>
    void Delete(string path);

    /// <summary>Deletes a directory with all that is in it; one that does not exist is left so.</summary>
    void DeleteTree(string path);

    /// <summary>Deletes a directory if nothing is in it, in one atomic step (rmdir(2)): what another put there is never lost.</summary>
    /// <returns>False when it holds something or does not exist.</returns>
    bool TryDeleteEmpty(string directory);

    /// <summary>Renames a file in one atomic step, over an existing one if there is one (rename(2)).</summary>
    void Rename(string from, string to);

    /// <summary>
    /// Gives an existing file a second name in one atomic step (link(2)).
    /// This is how one of many publishes: <see cref="File.Move(string, string, bool)"/> without overwrite is not atomic on Unix.
    /// </summary>
    /// <returns>False when <paramref name="path"/> exists already, which then is unchanged.</returns>
    bool TryLink(string existing, string path);

    /// <summary>Makes the names in a directory durable (fsync of the directory).</summary>
    void SyncDirectory(string path);
}

/// <summary>A file open for reading. Safe for concurrent use.</summary>
public interface IFileReader : IDisposable
{
    /// <summary>The file's length now, in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at an offset.</summary>
    /// <returns>Bytes read: fewer than asked for only at the end of the file, 0 past it.</returns>
    int Read(Span<byte> buffer, long offset);
}

/// <summary>A file open for writing, front to back. One caller at a time.</summary>
public interface IFileWriter : IDisposable
{
    /// <summary>Bytes written so far.</summary>
    long Length { get; }

    /// <summary>Appends all the bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Makes the content durable (fsync). Without it a machine that loses power may lose what was written.</summary>
    void Sync();
}

/// <summary>A file or directory as it was found.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="IsDirectory">True for a directory.</param>
/// <param name="Length">Bytes; 0 for a directory.</param>
/// <param name="ModifiedTicks">Last write, UTC ticks of 100 ns.</param>
public sealed record FileEntry(string Path, bool IsDirectory, long Length, long ModifiedTicks)
{
    /// <summary>Where the link at <see cref="Path"/> leads in the end; null when there is no link there, or a broken one.</summary>
    public string? LinkTarget { get; init; }
}

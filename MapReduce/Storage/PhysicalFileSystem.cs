using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MapReduce.Storage;

/// <summary>The machine's own disk. Safe for concurrent use.</summary>
public sealed partial class PhysicalFileSystem : IFileSystem
{
    /// <summary>The one instance; it holds nothing.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    private PhysicalFileSystem() { }

    /// <inheritdoc/>
    public IFileReader OpenRead(string path)
    {
        RefusePipe(path);
        // Deleting is allowed while a file is read: a job that ends may sweep under a straggler.
        return new Reader(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));
    }

    /// <inheritdoc/>
    public IFileWriter Create(string path, bool exclusive = false)
    {
        // Never truncated, always new: ext4 writes a file that was truncated to the disk when it is closed, be it scratch or not.
        if (!exclusive) File.Delete(path);
        return new Writer(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete));
    }

    /// <inheritdoc/>
    public FileEntry? Find(string path)
    {
        // A trailing separator would make a file look absent.
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return info.Exists ? Entry(info) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FileEntry> List(string directory)
    {
        var entries = new List<FileEntry>();
        foreach (var info in new DirectoryInfo(directory).EnumerateFileSystemInfos()) entries.Add(Entry(info));
        entries.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return entries;
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void Delete(string path)
    {
        // File.Delete treats a missing file as done, but not a missing directory above it.
        if (Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
    }

    /// <inheritdoc/>
    public void DeleteTree(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(path))
        {
            // Somebody else deleted it between the two calls, which is what was asked for.
        }
    }

    /// <inheritdoc/>
    public bool TryDeleteEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            // Not empty, or not at the moment of the call.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public bool TryLink(string existing, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            if (CreateHardLink(path, existing, 0)) return true;
            if (File.Exists(path)) return false;
        }
        else
        {
            if (Link(existing, path) == 0) return true;
            if (Marshal.GetLastPInvokeError() == FileExists) return false;
        }

        throw new IOException($"'{path}' could not be linked to '{existing}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        // Windows keeps directory entries in its journal; there is nothing to call.
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(path, 0);
        if (handle.IsInvalid && Marshal.GetLastPInvokeError() == NoRight) throw new UnauthorizedAccessException($"Directory '{path}' could not be synced: this account may not read it.");
        if (handle.IsInvalid || Sync(handle) != 0)
            throw new IOException($"Directory '{path}' could not be synced: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    private static FileEntry Entry(FileSystemInfo info)
    {
        // A link shows what it leads to; a broken one shows itself, as an empty file.
        if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target)
        {
            var length = target is FileInfo file ? file.Length : 0;
            return new FileEntry(info.FullName, target is DirectoryInfo, length, target.LastWriteTimeUtc.Ticks) { LinkTarget = target.FullName };
        }

        return new FileEntry(info.FullName, info is DirectoryInfo, info is FileInfo own ? own.Length : 0, info.LastWriteTimeUtc.Ticks);
    }

    // To open a pipe is to wait, perhaps for ever, for somebody to write to it. A pipe looks like an empty file.
    private static void RefusePipe(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, Length: 0 }) return;
        using var handle = Open(path, OperatingSystem.IsMacOS() ? 0x4 : 0x800); // O_NONBLOCK
        if (!handle.IsInvalid && Seek(handle, 0, 1) < 0)
            throw new IOException($"'{path}' is a pipe, which can be read only once and only in order: write what it gives to a file first.");
    }

    // The same numbers on Linux and macOS.
    private const int NoRight = 13; // EACCES
    private const int FileExists = 17; // EEXIST

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle handle, long offset, int origin);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint attributes);

    private sealed class Reader(SafeFileHandle handle) : IFileReader
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(Span<byte> buffer, long offset)
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0) break;
                total += read;
            }

            return total;
        }

        public void Dispose() => handle.Dispose();
    }

    private sealed class Writer(SafeFileHandle handle) : IFileWriter
    {
        public long Length { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, Length);
            Length += bytes.Length;
        }

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}

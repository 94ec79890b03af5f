using System.Security.Cryptography;
using MapReduce.Shuffle;

namespace MapReduce.WorkerService.Storage;

/// <summary>
/// A worker's own folder among those of all workers of a disk, locked while its process lives: the operating system unlocks it
/// however the process ends, and a later worker deletes it.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private WorkFolder(string workerId, string path, FileStream @lock) => (WorkerId, Path, _lock) = (workerId, path, @lock);

    /// <summary>Random for each process, also the name of the folder.</summary>
    public string WorkerId { get; }

    public string Path { get; }

    /// <summary>Makes a folder.</summary>
    /// <exception cref="IOException">The folder of all workers cannot be written.</exception>
    public static WorkFolder Create(string parent)
    {
        while (true)
        {
            var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
            var path = System.IO.Path.Combine(parent, id);
            CreatePrivate(path);
            if (TryLock(path, FileMode.CreateNew) is not { } held) continue;
            File.WriteAllText(WorkDirectory.WorkerId(path), id);
            return new WorkFolder(id, path, held);
        }
    }

    /// <summary>Whose folder it is.</summary>
    public static string WorkerOf(string path) => System.IO.Path.GetFileName(path);

    /// <summary>Deletes the folders of workers that live no more.</summary>
    /// <returns>Their names, and why one could not be deleted.</returns>
    public IReadOnlyList<(string Path, Exception? Problem)> SweepDead()
    {
        var swept = new List<(string, Exception?)>();
        foreach (var path in Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(Path)!).Where(path => path != Path && IsWorkers(path)))
        {
            try
            {
                using var dead = TryLock(path, FileMode.Open);
                if (dead is null) continue;
                // The lock goes last: while it is there, what is left can be swept again.
                foreach (var entry in Directory.EnumerateDirectories(path)) Directory.Delete(entry, recursive: true);
                Directory.Delete(path, recursive: true);
                swept.Add((path, null));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                swept.Add((path, error));
            }
        }

        return swept;
    }

    /// <summary>Deletes the folder; what cannot be deleted now is swept by a later worker.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An attempt that did not heed its end may still write here.
        }

        _lock.Dispose();
    }

    // Only what looks like one of ours: somebody may have named a folder that holds other things, too.
    private static bool IsWorkers(string path) => System.IO.Path.GetFileName(path) is { Length: 16 } name && name.All(char.IsAsciiHexDigitLower) && File.Exists(System.IO.Path.Combine(path, LockName));

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Null when another process holds it: a living worker, or, in the moment between making and locking the file, a sweep.
    private static FileStream? TryLock(string path, FileMode mode)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }
}

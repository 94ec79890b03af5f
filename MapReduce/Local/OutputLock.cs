using System.Security.Cryptography;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Local;

/// <summary>
/// Says that a living process runs a job into an output directory: a file that is held open and locked, and that the
/// operating system unlocks when its process dies in any way.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    private readonly IFileSystem _files;
    private readonly FileStream _file;
    private readonly CreatedDirectories _created;
    private readonly string _temporary;

    private OutputLock(IFileSystem files, FileStream file, CreatedDirectories created, string temporary) =>
        (_files, _file, _created, _temporary) = (files, file, created, temporary);

    /// <summary>Takes the lock of an output directory, which is created if need be.</summary>
    /// <exception cref="JobRejectedException">Another process holds it, or the directory cannot be written.</exception>
    public static OutputLock Take(IFileSystem files, string output)
    {
        var created = CreatedDirectories.Make(files, output);
        var temporary = OutputPaths.Temporary(output);
        files.CreateDirectory(temporary);
        var path = PathOf(output);
        try
        {
            while (true)
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (IsStill(file, path)) return new OutputLock(files, file, created, temporary);
                file.Dispose();
            }
        }
        catch (IOException locked) when (File.Exists(path))
        {
            throw new JobRejectedException([$"Another process is running a job into '{output}' ({locked.Message}). Wait until it ends, or choose another output directory."]);
        }
    }

    /// <summary>Ends the run's hold on the directory, and removes the directories that it made and left empty.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _files.TryDeleteEmpty(_temporary);
        _created.RemoveEmpty(_files);
    }

    public static string PathOf(string output) => Path.Combine(OutputPaths.Temporary(output), "lock");

    // Between opening the file and locking it, its former holder may have deleted it: then the lock is one on a file
    // without a name, and the next process would lock another one. A time stamp of our own tells them apart.
    private static bool IsStill(FileStream file, string path)
    {
        var stamp = DateTime.UnixEpoch.AddSeconds(RandomNumberGenerator.GetInt32(1, int.MaxValue));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, stamp);
        return File.GetLastWriteTimeUtc(path) == stamp;
    }
}

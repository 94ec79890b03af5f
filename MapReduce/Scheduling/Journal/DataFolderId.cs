using System.Text;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>The data folder's own id: random, published once. Masters compare it to see whether they share the folder.</summary>
internal static class DataFolderId
{
    /// <summary>The id, made now unless there is one.</summary>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static string Get(IFileSystem files, string dataFolder, bool isDurable, Func<ulong> nonce)
    {
        var path = Path.Combine(dataFolder, "id");
        files.CreateDirectory(dataFolder, isDurable);
        if (files.TryReadAll(path) is { } known)
        {
            // Whoever wrote it may have died before it was durable.
            if (isDurable) files.SyncDirectory(dataFolder);
            return Encoding.ASCII.GetString(known);
        }

        files.TryPublish(path, Encoding.ASCII.GetBytes($"{nonce():x16}{nonce():x16}"), isDurable);
        return Encoding.ASCII.GetString(files.TryReadAll(path)
            ?? throw new IOException($"'{path}' vanished as it was written: keep other programs away from the data folder."));
    }
}

namespace MapReduce.Storage;

/// <summary>Small whole files: outcomes, manifests, owners.</summary>
internal static class FileSystemExtensions
{
    // How often in a row a name may be taken and freed again by others before the disk is believed to refuse.
    private const int MostRaces = 3;

    /// <summary>Reads a whole file, or gives null when it does not exist.</summary>
    public static byte[]? TryReadAll(this IFileSystem files, string path)
    {
        if (files.Find(path) is not { IsDirectory: false }) return null;
        try
        {
            using var reader = files.OpenRead(path);
            var bytes = new byte[reader.Length];
            var read = reader.ReadFully(bytes, 0);
            return read == bytes.Length ? bytes : throw new EndOfStreamException($"'{path}' shrank from {bytes.Length} to {read} bytes while it was read.");
        }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted between the look and the open, perhaps with its directory.
            return null;
        }
    }

    /// <summary>Writes a whole file, durable if asked for.</summary>
    public static void WriteAll(this IFileSystem files, string path, ReadOnlySpan<byte> bytes, bool exclusive, bool sync)
    {
        using var writer = files.Create(path, exclusive);
        writer.Write(bytes);
        if (sync) writer.Sync();
    }

    /// <summary>Creates a directory and those above it, each durable, if asked for, before the next is made in it.</summary>
    public static void CreateDirectory(this IFileSystem files, string path, bool sync)
    {
        if (!sync) files.CreateDirectory(path);
        else if (Path.GetDirectoryName(path) is { } parent) files.CreateDurable(path, parent);
    }

    /// <summary>
    /// Publishes a file under a name that only one of many can take: whoever reads the name sees the whole content.
    /// </summary>
    /// <returns>False when the name was taken.</returns>
    public static bool TryPublish(this IFileSystem files, string path, ReadOnlySpan<byte> bytes, bool sync) =>
        files.TryPublishFrom(Path.GetDirectoryName(path)!, path, bytes, sync);

    /// <summary>The same, with the draft in another folder of the same file system.</summary>
    public static bool TryPublishFrom(this IFileSystem files, string draftFolder, string path, ReadOnlySpan<byte> bytes, bool sync)
    {
        var draft = files.WriteDraft(Path.Combine(draftFolder, Path.GetFileName(path)), bytes, sync);
        var published = files.TryLink(draft, path);
        files.Delete(draft);
        if (sync) files.SyncDirectory(Path.GetDirectoryName(path)!);
        return published;
    }

    private static void CreateDurable(this IFileSystem files, string path, string parent)
    {
        var isNew = files.Find(path) is null;
        if (isNew)
        {
            files.CreateDirectory(parent, sync: true);
            files.CreateDirectory(path);
        }

        try
        {
            // Also where it was there: whoever made it may have died before this.
            files.SyncDirectory(parent);
        }
        catch (UnauthorizedAccessException) when (!isNew)
        {
            // Who may not read a directory has made nothing in it.
        }
    }

    // Drafts are numbered, so that writers beside each other, and drafts left by a crash, never share one.
    public static string WriteDraft(this IFileSystem files, string path, ReadOnlySpan<byte> bytes, bool sync)
    {
        for (var number = 0; ; number++)
        {
            var draft = $"{path}.draft-{number}";
            if (files.TryCreate(draft, isLast: number >= MostRaces) is not { } writer) continue;
            using (writer)
            {
                writer.Write(bytes);
                if (sync) writer.Sync();
            }
            return draft;
        }
    }

    private static IFileWriter? TryCreate(this IFileSystem files, string path, bool isLast)
    {
        if (files.Find(path) is not null) return null;
        try
        {
            return files.Create(path, exclusive: true);
        }
        catch (IOException failure) when (files.Find(path) is not null || (!isLast && failure is not DirectoryNotFoundException))
        {
            // Another writer took the name between the look and the create, and may have freed it again since: then nothing tells
            // this from a disk that refuses, which refuses the next names too.
            return null;
        }
    }

    private static int ReadFully(this IFileReader reader, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = reader.Read(buffer[total..], offset + total);
            if (read == 0) break;
            total += read;
        }
        return total;
    }
}

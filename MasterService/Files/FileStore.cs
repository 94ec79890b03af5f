using System.Security.Cryptography;
using MapReduce.MasterService.Http;
using MapReduce.MasterService.Options;
using MapReduce.Protocol;
using MapReduce.Storage;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Files;

/// <summary>
/// The files that travel with jobs, <c>files/&lt;SHA-256&gt;</c> of the data folder that all masters share. What is there under a hash is whole and has it.
/// Safe for concurrent use.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="options">Where, and how large a file may be.</param>
/// <param name="time">The clock of <see cref="Kept"/>.</param>
/// <param name="freeBytes">Free space of the disk that holds a path.</param>
internal sealed class FileStore(IFileSystem files, IOptions<MasterOptions> options, TimeProvider time, Func<string, long> freeBytes)
{
    /// <summary>How long a file stays that no job needs, from the last time that somebody asked for it or sent it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // The journal of jobs lies on the same disk.
    private const long Reserve = 512L << 20;
    private const int BufferSize = 256 << 10;

    private string Folder => Path.Combine(options.Value.DataFolder, "files");

    /// <summary>Where a file is.</summary>
    /// <exception cref="RequestException">What is asked for is no SHA-256.</exception>
    public string PathOf(string sha256) => ShippedFile.IsHash(sha256) ? Path.Combine(Folder, sha256)
        : throw RequestException.Wrong($"'{sha256}' is no SHA-256: write 64 hexadecimal digits in lower case.");

    /// <summary>Keeps a file for another day.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Renew(string sha256)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(sha256), time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a file; null when it is not there.</summary>
    public long? LengthOf(string sha256) => files.Find(PathOf(sha256))?.Length;

    /// <summary>Stores a file, durable when this returns. Of those who send the same one at a time each writes a draft of its own.</summary>
    /// <exception cref="RequestException">It is too large, does not have the hash, or the disk is full; nothing of it stays.</exception>
    public async Task StoreAsync(string sha256, Stream content, long length, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        if (length > options.Value.Limits.FileBytes)
            throw new RequestException(StatusCodes.Status413PayloadTooLarge,
                $"The file has {length} bytes (limit {options.Value.Limits.FileBytes}, MapReduce:Limits:FileBytes of the master): put it where all workers see it, and let the program name it by full path.");
        files.CreateDirectory(Folder);
        files.SyncDirectory(options.Value.DataFolder);
        CheckRoom(length, length);
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            var found = await WriteAsync(draft, content, length, cancellationToken);
            if (found != sha256)
                throw RequestException.Wrong($"What came has the SHA-256 {found}, not {sha256}: the file changed while it was sent, or was damaged on its way; send it again.");
            files.Rename(draft, path);
            files.SyncDirectory(Folder);
        }
        finally
        {
            files.Delete(draft);
        }
    }

    /// <summary>Deletes the files that no job needs, and drafts of those who never finished, when they are old.</summary>
    /// <param name="needed">The SHA-256 of all that jobs need which have not ended.</param>
    /// <returns>How many were deleted.</returns>
    public int Trim(IReadOnlySet<string> needed)
    {
        if (files.Find(Folder) is null) return 0;
        var oldest = (time.GetUtcNow() - Kept).UtcTicks;
        var trimmed = 0;
        foreach (var file in files.List(Folder).Where(file => file.ModifiedTicks < oldest && !needed.Contains(Path.GetFileName(file.Path))))
        {
            // Somebody may have asked for it since, who does not send it again.
            if (files.Find(file.Path) is not { } now || now.ModifiedTicks >= oldest) continue;
            files.Delete(file.Path);
            trimmed++;
        }

        return trimmed;
    }

    private void CheckRoom(long more, long length)
    {
        if (freeBytes(Folder) is var free && free < more + Reserve)
            throw new RequestException(StatusCodes.Status507InsufficientStorage, $"The masters' disk has {free >> 20} MiB left, too few for a file of {length >> 20} MiB beside the {Reserve >> 20} MiB that jobs need: free some.");
    }

    private async Task<string> WriteAsync(string draft, Stream content, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var writer = files.Create(draft, exclusive: true);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            // Others send files, too, and jobs grow.
            CheckRoom(read, length);
            writer.Write(buffer.AsSpan(0, read));
        }

        writer.Sync();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

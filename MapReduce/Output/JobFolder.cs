using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The folder <c>jobs/&lt;J&gt;</c> of the data folder, in which each file is written once and then only read.</summary>
internal sealed class JobFolder(IFileSystem files, string dataFolder, bool syncs)
{
    /// <summary>The file that says that a job has ended, and nothing of it is left to do.</summary>
    public const string EndedName = "ended";

    public bool Syncs => syncs;

    public byte[]? TryRead(string jobId, string name) => files.TryReadAll(PathOf(jobId, name));

    /// <summary>True when a file is there, and durable.</summary>
    public bool Has(string jobId, string name)
    {
        if (files.Find(PathOf(jobId, name)) is null) return false;
        Secure(jobId);
        // Between the look and the sync it may have gone, with the power of the machine that wrote it.
        return files.Find(PathOf(jobId, name)) is not null;
    }

    /// <summary>Reads a file that is durable; null while there is none.</summary>
    public byte[]? TryReadDurable(string jobId, string name) => Has(jobId, name) ? TryRead(jobId, name) : null;

    /// <summary>Writes a file unless it is there; of several writers one wins. It is durable then, whoever wrote it.</summary>
    public void Publish(string jobId, string name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(jobId, name);
        files.CreateDirectory(Path.GetDirectoryName(path)!, syncs);
        files.TryPublish(path, bytes, syncs);
    }

    /// <summary>
    /// Makes durable what is there. Who acts on a file of another does this first: its writer may have died before it did,
    /// and what was done would outlive the reason for it.
    /// </summary>
    public void Secure(string jobId)
    {
        if (!syncs) return;
        files.SyncDirectory(Folder(jobId));
        files.SyncDirectory(Path.Combine(dataFolder, "jobs"));
    }

    private string Folder(string jobId) => Path.Combine(dataFolder, "jobs", jobId);

    private string PathOf(string jobId, string name) => Path.Combine(Folder(jobId), name);
}

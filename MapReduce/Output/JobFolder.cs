using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The folder <c>jobs/&lt;J&gt;</c> of the data folder, in which each file is written once and then only read.</summary>
internal sealed class JobFolder(IFileSystem files, string dataFolder, bool syncs)
{
    public bool Syncs => syncs;

    public byte[]? TryRead(string jobId, string name) => files.TryReadAll(PathOf(jobId, name));

    public bool Has(string jobId, string name) => files.Find(PathOf(jobId, name)) is not null;

    /// <summary>Writes a file unless it is there; of several writers one wins.</summary>
    public void Publish(string jobId, string name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(jobId, name);
        files.CreateDirectory(Path.GetDirectoryName(path)!);
        files.TryPublish(path, bytes, syncs);
        if (!syncs) return;
        files.SyncDirectory(Path.Combine(dataFolder, "jobs"));
        files.SyncDirectory(dataFolder);
    }

    private string PathOf(string jobId, string name) => Path.Combine(dataFolder, "jobs", jobId, name);
}

using System.Text;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>Who may write to an output directory: one job at a time, named in <c>_temporary/owner</c>.</summary>
internal sealed class OutputClaim(IFileSystem files, JobFolder jobs)
{
    private const string ReplacedName = "replaced";
    private const int MostTries = 5;

    /// <summary>Takes the directory, or finds that the job has it.</summary>
    public void Take(string jobId, JobSpec spec)
    {
        TakeOwner(jobId, spec.Output);
        if (jobs.Has(jobId, JobFolder.EndedName))
        {
            // This call was held up while the job was submitted by another, ran and ended.
            Release(jobId, spec.Output);
            return;
        }

        try
        {
            // Looked at only now: while this job is the owner, no other can put files there.
            var old = OldOutput.Find(files, spec.Output, spec.Overwrite);
            if (old.Count > 0) jobs.Publish(jobId, ReplacedName, Json.Write(writer => FileEntryJson.Write(writer, old)));
        }
        catch (OutputExistsException)
        {
            Release(jobId, spec.Output);
            throw;
        }
    }

    /// <summary>The old files that the job was allowed to replace when it took the directory.</summary>
    public IReadOnlyList<FileEntry> Replaced(string jobId)
    {
        var bytes = jobs.TryRead(jobId, ReplacedName);
        return bytes is null ? [] : Json.Read(bytes, FileEntryJson.Read);
    }

    /// <summary>The job that has the directory, or null.</summary>
    public string? Owner(string output) =>
        files.TryReadAll(OutputPaths.Owner(output)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Deletes the job's temporary files and gives the directory back; what belongs to another job stays.</summary>
    public void Release(string jobId, string output)
    {
        var temporary = OutputPaths.Temporary(output);
        TryGiveBack(jobId, output);
        DeleteAll(OutputPaths.Job(output, jobId));
        files.TryDeleteEmpty(temporary);
        // An owner that comes back with the power keeps all others out: nobody looks at a job that has ended.
        if (jobs.Syncs && (Existing(temporary) ?? Existing(output)) is { } directory) files.SyncDirectory(directory);
    }

    // An attempt that was given up, and does not know it yet, may put its file there in the midst of it. It does so once.
    private void DeleteAll(string folder)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                files.DeleteTree(folder);
                return;
            }
            catch (IOException) when (tries < MostTries)
            {
            }
        }
    }

    // Not deleted, but moved: between the look and the deed another master may release the output, and the next job own it. Then
    // the folder that it would be moved to is gone.
    private void TryGiveBack(string jobId, string output)
    {
        if (Owner(output) != jobId) return;
        try
        {
            files.Rename(OutputPaths.Owner(output), Path.Combine(OutputPaths.Claim(output, jobId), "owner"));
        }
        catch (IOException) when (Owner(output) != jobId)
        {
        }
    }

    /// <summary>Removes the empty folders that an attempt made again after its job had ended.</summary>
    public void RemoveRemains(string jobId, string output, TaskId task)
    {
        // While the job lives its folders stay: another attempt may be about to create a file in one.
        if (Owner(output) == jobId) return;
        var top = OutputPaths.Temporary(output);
        for (var each = OutputPaths.Task(output, jobId, task); each.Length >= top.Length; each = Path.GetDirectoryName(each)!) files.TryDeleteEmpty(each);
    }

    private string? Existing(string directory) => files.Find(directory) is { IsDirectory: true } ? directory : null;

    private void TakeOwner(string jobId, string output)
    {
        var owner = Owner(output);
        if (owner is null)
        {
            files.CreateDirectory(OutputPaths.Old(output, jobId), jobs.Syncs);
            // The draft lies in the job's own folder, so that a crash here leaves nothing that is not this job's.
            files.TryPublishFrom(OutputPaths.Claim(output, jobId), OutputPaths.Owner(output), Encoding.UTF8.GetBytes(jobId), jobs.Syncs);
        }
        else if (owner == jobId && jobs.Syncs)
        {
            // Whoever took it for this job may have died before that was durable.
            files.SyncDirectory(OutputPaths.Temporary(output));
        }

        owner = Owner(output);
        if (owner == jobId) return;
        files.DeleteTree(OutputPaths.Job(output, jobId));
        throw new OutputExistsException(
            $"Output directory '{output}' is being written by job {owner ?? "(another, just ended)"}. Wait for it or cancel it, or choose another --output. "
            + $"If no such job exists any more, delete '{OutputPaths.Temporary(output)}'.");
    }
}

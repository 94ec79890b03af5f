using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// Turns the winners' files into the output. Every step can be seen on disk, so a commit that was cut off anywhere is
/// carried on by whoever comes next: old files are moved away before the first rename, parts are renamed one by one,
/// <c>_SUCCESS</c> last, and a mark in the data folder says that nothing is left to do.
/// </summary>
internal sealed class OutputCommit(IFileSystem files, JobFolder jobs)
{
    private const string CommittedName = "committed";

    public void Commit(string jobId, JobOutcome outcome)
    {
        if (jobs.Has(jobId, CommittedName)) return;
        try
        {
            Carry(jobId, outcome);
        }
        catch (IOException) when (jobs.Has(jobId, CommittedName))
        {
            // Another master carried out the same outcome, and was done with it while this one was held up: what is there now may
            // be a newer job's. Nothing that this one can still do touches it: all its names lead to folders that are gone.
        }
    }

    private void Carry(string jobId, JobOutcome outcome)
    {
        var renames = Renames(jobId, outcome);
        var old = outcome.Replaced.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var open = Check(jobId, renames, old);
        RemoveOld(jobId, outcome, renames);
        // Looked at again after each sync: what another master had done by the first look may have gone with its power since.
        do
        {
            foreach (var rename in open) Rename(rename, old);
            Sync(outcome.Output);
            open = Check(jobId, renames, old);
        }
        while (open.Count > 0);
        do
        {
            PublishSuccess(jobId, outcome);
            Sync(outcome.Output);
        }
        while (files.Find(OutputPaths.Success(outcome.Output)) is null);
        jobs.Publish(jobId, CommittedName, default);
    }

    private static List<PartRename> Renames(string jobId, JobOutcome outcome) =>
        [.. from winner in outcome.Winners
            let folder = OutputPaths.Attempt(outcome.Output, jobId, winner.Task, winner.Token)
            from file in winner.Files
            select new PartRename(Path.Combine(folder, file.Name), Path.Combine(outcome.Output, file.Name), file.Length)];

    // All files are looked at before any is touched: damage is reported with the old output still in place.
    private List<PartRename> Check(string jobId, List<PartRename> renames, Dictionary<string, FileEntry> old)
    {
        var open = new List<PartRename>();
        foreach (var rename in renames)
        {
            if (HasLength(files.Find(rename.From), rename.Length)) open.Add(rename);
            else if (!IsDone(rename, old)) throw Damaged(jobId, rename);
        }
        return open;
    }

    private bool IsDone(PartRename rename, Dictionary<string, FileEntry> old) =>
        files.Find(rename.From) is null
        && files.Find(rename.To) is { } target
        && HasLength(target, rename.Length)
        && !(old.TryGetValue(rename.To, out var before) && before == target);

    private void Rename(PartRename rename, Dictionary<string, FileEntry> old)
    {
        try
        {
            files.Rename(rename.From, rename.To);
        }
        catch (IOException) when (IsDone(rename, old))
        {
            // Another master carries out the same outcome and was faster.
        }
    }

    // Not deleted, but moved to a folder that is deleted before anything new is put in place: between its look and its deed a
    // master may be held up until the name is that of a new file, and then has nowhere to move it. A name that a new part takes is
    // renamed over.
    private void RemoveOld(string jobId, JobOutcome outcome, List<PartRename> renames)
    {
        var folder = OutputPaths.Old(outcome.Output, jobId);
        if (files.Find(folder) is null) return;
        var taken = renames.Select(rename => rename.To).ToHashSet(StringComparer.Ordinal);
        var old = outcome.Replaced.Where(entry => !taken.Contains(entry.Path)).ToList();
        try
        {
            do
            {
                foreach (var entry in old.Where(IsThere)) MoveAway(entry, folder);
                Sync(folder);
                Sync(outcome.Output);
            }
            while (old.Exists(IsThere));
            files.DeleteTree(folder);
        }
        catch (IOException) when (files.Find(folder) is null)
        {
            // Another master has done it all.
        }

        Sync(OutputPaths.Claim(outcome.Output, jobId));
    }

    private bool IsThere(FileEntry entry) => files.Find(entry.Path) == entry;

    private void MoveAway(FileEntry entry, string folder)
    {
        try
        {
            files.Rename(entry.Path, Path.Combine(folder, Path.GetFileName(entry.Path)));
        }
        catch (IOException) when (!IsThere(entry))
        {
            // Another master was faster.
        }
    }

    // Drafted in the folder of the claim, which is gone once the commit is done: a master that was held up here cannot draft one
    // any more, and so not claim success for a directory that a newer job may be about to replace.
    private void PublishSuccess(string jobId, JobOutcome outcome)
    {
        var (folder, path) = (OutputPaths.Claim(outcome.Output, jobId), OutputPaths.Success(outcome.Output));
        var manifest = SuccessManifest.Of(jobId, outcome);
        if (files.TryPublishFrom(folder, path, manifest, jobs.Syncs) || files.TryReadAll(path).AsSpan().SequenceEqual(manifest)) return;
        // Somebody put one there since the job was submitted.
        files.Rename(files.WriteDraft(Path.Combine(folder, OutputPaths.SuccessName), manifest, jobs.Syncs), path);
    }

    private void Sync(string directory)
    {
        if (jobs.Syncs) files.SyncDirectory(directory);
    }

    private static bool HasLength(FileEntry? entry, long length) => entry is { IsDirectory: false } found && found.Length == length;

    private IOException Damaged(string jobId, PartRename rename) => new(
        $"Commit of job {jobId} cannot go on: '{rename.From}' is {Describe(rename.From)} and '{rename.To}' is {Describe(rename.To)}, "
        + $"where one of them must be a file of {rename.Length} bytes. Something outside of MapReduce changed the output directory while the job committed; run the job again with a free output directory.");

    private string Describe(string path) => files.Find(path) is { } found ? $"{found.Length} bytes long" : "gone";

    private sealed record PartRename(string From, string To, long Length);
}

using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// Turns the winners' files into the output. Every step can be seen on disk, so a commit that was cut off anywhere is
/// carried on by whoever comes next: old files are removed before the first rename, parts are renamed one by one,
/// <c>_SUCCESS</c> last, and a mark in the data folder says that nothing is left to do.
/// </summary>
internal sealed class OutputCommit(IFileSystem files, JobFolder jobs)
{
    private const string CommittedName = "committed";

    public void Commit(string jobId, JobOutcome outcome)
    {
        // Long after the commit a newer job may own the directory: the mark keeps a late master's hands off it.
        if (jobs.Has(jobId, CommittedName)) return;
        var renames = Renames(jobId, outcome);
        var old = outcome.Replaced.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var open = Check(jobId, renames, old);
        // Old files go before the first rename: once a part is in place, that was done.
        if (open.Count == renames.Count) RemoveOld(outcome, renames);
        foreach (var rename in open) Rename(rename, old);
        Sync(outcome.Output);
        PublishSuccess(jobId, outcome);
        Sync(outcome.Output);
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

    // A name that a new part takes is not deleted but renamed over: between a look and a delete another master that
    // carries out the same outcome may have put the new part there.
    private void RemoveOld(JobOutcome outcome, List<PartRename> renames)
    {
        var taken = renames.Select(rename => rename.To).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in outcome.Replaced)
        {
            if (!taken.Contains(entry.Path) && files.Find(entry.Path) == entry) files.Delete(entry.Path);
        }
        Sync(outcome.Output);
    }

    private void PublishSuccess(string jobId, JobOutcome outcome)
    {
        var folder = OutputPaths.Job(outcome.Output, jobId);
        files.CreateDirectory(folder);
        var draft = Path.Combine(folder, OutputPaths.SuccessName);
        files.WriteAll(draft, SuccessManifest.Of(jobId, outcome), exclusive: false, jobs.Syncs);
        files.Rename(draft, OutputPaths.Success(outcome.Output));
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

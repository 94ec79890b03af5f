using MapReduce.Output;
using MapReduce.Storage;

namespace MapReduce.Local;

/// <summary>Where a local run keeps what it needs while it runs, and how that goes away.</summary>
/// <param name="files">The disk.</param>
/// <param name="output">The output directory.</param>
/// <param name="workDirectory">Where the user wants map outputs; null for a folder beside the temporary output.</param>
internal sealed class LocalFolders(IFileSystem files, string output, string? workDirectory)
{
    /// <summary>The data folder: the journal and the outcome. It lies with the output, so that the next run finds what a dead one decided.</summary>
    public string Data { get; } = Path.Combine(OutputPaths.Temporary(output), "local");

    public string Work { get; } = workDirectory ?? Path.Combine(OutputPaths.Temporary(output), "work");

    private string Jobs => Path.Combine(Data, "jobs");

    /// <summary>Notes a run before it touches the output, so that whatever it leaves there can be told from the work of others.</summary>
    public void Begin(string jobId) => files.CreateDirectory(Path.Combine(Jobs, jobId));

    /// <summary>
    /// Ends all runs that were begun, this one or one that was killed: a commit that was decided is carried out, everything
    /// else goes. Call it only under the output's lock.
    /// </summary>
    public void End(IOutputStore store)
    {
        if (files.Find(Jobs) is not null)
        {
            foreach (var job in files.List(Jobs)) End(store, Path.GetFileName(job.Path));
        }

        if (workDirectory is null) files.DeleteTree(Work);
        // The outcome goes last: while it is there, what it decided can be carried on.
        files.DeleteTree(Data);
    }

    private void End(IOutputStore store, string jobId)
    {
        store.CarryOut(jobId, store.Outcome(jobId) ?? new JobOutcome { Kind = OutcomeKind.Cancelled, Output = output, Job = "" });
        files.DeleteTree(Path.Combine(Work, jobId));
    }
}

using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// Output in directories of a file system that all workers and masters share. The one decision on a job lies in
/// <c>jobs/&lt;J&gt;/outcome</c> of the data folder. Safe for concurrent use, also by several processes.
/// </summary>
public sealed class FileOutputStore : IOutputStore
{
    private readonly IFileSystem _files;
    private readonly OutputDurability _durability;
    private readonly OutputClaim _claim;
    private readonly OutcomeFile _outcomes;
    private readonly OutputCommit _commit;

    /// <summary>Opens a store.</summary>
    /// <param name="files">The file system that holds the outputs and the data folder.</param>
    /// <param name="dataFolder">Where outcomes are kept, absolute; the same for all masters. What workers do with attempts never touches it.</param>
    /// <param name="durability">Whether what is decided must survive a machine that loses power, or only a process that dies.</param>
    public FileOutputStore(IFileSystem files, string dataFolder, OutputDurability durability)
    {
        _files = files;
        _durability = durability;
        var jobs = new JobFolder(files, dataFolder, durability == OutputDurability.Machine);
        _outcomes = new OutcomeFile(jobs);
        _claim = new OutputClaim(files, jobs);
        _commit = new OutputCommit(files, jobs);
    }

    private bool Syncs => _durability == OutputDurability.Machine;

    /// <inheritdoc/>
    public void Claim(string jobId, JobSpec spec)
    {
        // With an outcome, parts may be in place already: they are this job's own.
        if (_outcomes.Read(jobId) is null) _claim.Take(jobId, spec);
    }

    /// <summary>True while a job owns an output directory: also how a host finds out that it sees the same storage as the master.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="output">The output directory.</param>
    public bool IsClaimedBy(string jobId, string output) => _claim.Owner(output) == jobId;

    /// <summary>True for what an attempt's file may be called: the plain name of a file, and none of the engine's own.</summary>
    public static bool IsFileName(string name) => OutputNames.IsPlain(name);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is not a plain file name, or is one of the engine's own.</exception>
    public IFileWriter Create(string output, string jobId, TaskId task, string token, string name)
    {
        if (!OutputNames.IsPlain(name)) throw new ArgumentException($"Task {task} cannot write '{name}': use the plain name of a file.", nameof(name));
        var folder = OutputPaths.Attempt(output, jobId, task, token);
        _files.CreateDirectory(folder);
        var writer = _files.Create(Path.Combine(folder, name));
        return Syncs ? new SyncOnCloseWriter(writer) : writer;
    }

    /// <inheritdoc/>
    /// <remarks>Call it when the attempt's files are closed: closing made their content durable, this makes their names so.</remarks>
    public void Seal(string output, string jobId, TaskId task, string token)
    {
        var folder = OutputPaths.Attempt(output, jobId, task, token);
        if (!Syncs || _files.Find(folder) is null) return;
        var top = OutputPaths.Temporary(output);
        for (var each = folder; each.Length >= top.Length; each = Path.GetDirectoryName(each)!) _files.SyncDirectory(each);
    }

    /// <inheritdoc/>
    public void Discard(string output, string jobId, TaskId task, string token)
    {
        _files.DeleteTree(OutputPaths.Attempt(output, jobId, task, token));
        _claim.RemoveRemains(jobId, output, task);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Winner> Missing(string output, string jobId, IReadOnlyList<Winner> winners) =>
        [.. winners.Where(winner => !winner.Files.All(file => IsThere(OutputPaths.Attempt(output, jobId, winner.Task, winner.Token), file)))];

    /// <inheritdoc/>
    public JobOutcome Publish(string jobId, JobOutcome outcome) =>
        _outcomes.Read(jobId)
        ?? _outcomes.Publish(jobId, outcome.Kind == OutcomeKind.Commit ? outcome with { Replaced = _claim.Replaced(jobId) } : outcome);

    /// <inheritdoc/>
    public JobOutcome? Outcome(string jobId) => _outcomes.Read(jobId);

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk refused, or a winner's file is gone: the message names it.</exception>
    public void CarryOut(string jobId, JobOutcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Commit) _commit.Commit(jobId, outcome);
        _claim.Release(jobId, outcome.Output);
    }

    private bool IsThere(string folder, OutputFile file) =>
        _files.Find(Path.Combine(folder, file.Name)) is { IsDirectory: false } found && found.Length == file.Length;
}

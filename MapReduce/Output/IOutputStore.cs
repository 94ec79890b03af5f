using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// Where a job's output grows and becomes final. Attempts write privately below
/// <c>&lt;output&gt;/_temporary/&lt;J&gt;/&lt;step&gt;/&lt;task&gt;/&lt;token&gt;/</c>; nothing else is visible before the job's
/// outcome is published, once, for ever. Safe for concurrent use, also by several masters.
/// </summary>
public interface IOutputStore
{
    /// <summary>Claims the output directory for a job, or finds that it has it already.</summary>
    /// <exception cref="OutputExistsException">Another job owns it, or it holds files and overwrite was not asked for.</exception>
    void Claim(string jobId, JobSpec spec);

    /// <summary>Creates a file of an attempt.</summary>
    IFileWriter Create(string output, string jobId, TaskId task, string token, string name);

    /// <summary>Makes an attempt's files durable, as far as the store does so at all, before the attempt is reported.</summary>
    void Seal(string output, string jobId, TaskId task, string token);

    /// <summary>Deletes the files of an attempt that did not win.</summary>
    void Discard(string output, string jobId, TaskId task, string token);

    /// <summary>The winners whose files are not all there with the right length: their tasks must run again.</summary>
    IReadOnlyList<Winner> Missing(string output, string jobId, IReadOnlyList<Winner> winners);

    /// <summary>Publishes the outcome of a job unless one is there; the outcome that counts is the one returned.</summary>
    JobOutcome Publish(string jobId, JobOutcome outcome);

    /// <summary>The published outcome, or null.</summary>
    JobOutcome? Outcome(string jobId);

    /// <summary>Carries out a published outcome: idempotent, may be done again from any point after a crash.</summary>
    void CarryOut(string jobId, JobOutcome outcome);
}

/// <summary>The attempt that won a task whose files belong to the output.</summary>
/// <param name="Task">The task.</param>
/// <param name="Token">The winner's token.</param>
/// <param name="Files">The files that it wrote.</param>
public sealed record Winner(TaskId Task, string Token, IReadOnlyList<OutputFile> Files);

/// <summary>How a job ends.</summary>
public enum OutcomeKind
{
    /// <summary>The winners' files become the output.</summary>
    Commit,

    /// <summary>Nothing becomes visible; the error says why.</summary>
    Failed,

    /// <summary>Nothing becomes visible; somebody asked for it.</summary>
    Cancelled,
}

/// <summary>The one decision on how a job ends, and all that is needed to carry it out.</summary>
public sealed record JobOutcome
{
    /// <summary>Commit, failed or cancelled.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>The output directory.</summary>
    public required string Output { get; init; }

    /// <summary>The job's name, for the manifest.</summary>
    public required string Job { get; init; }

    /// <summary>The winners, in the order of their tasks; empty unless committed.</summary>
    public IReadOnlyList<Winner> Winners { get; init; } = [];

    /// <summary>The totals of the winners' counters.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>Old files that commit removes first (overwrite): only if they still are as they were found.</summary>
    public IReadOnlyList<FileEntry> Replaced { get; init; } = [];

    /// <summary>Why the job failed; null unless it did.</summary>
    public string? Error { get; init; }
}

/// <summary>The output directory is taken.</summary>
public sealed class OutputExistsException(string message) : IOException(message);

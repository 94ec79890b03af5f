using MapReduce.Protocol;

namespace MapReduce.Output;

/// <summary>Where the files of a job's output lie, in one place.</summary>
internal static class OutputPaths
{
    public const string SuccessName = "_SUCCESS", TemporaryName = "_temporary";

    /// <summary>Below it everything is private to the engine: readers of MapReduce output skip names that begin with '_'.</summary>
    public static string Temporary(string output) => Path.Combine(output, TemporaryName);

    public static string Owner(string output) => Path.Combine(Temporary(output), "owner");

    public static string Job(string output, string jobId) => Path.Combine(Temporary(output), jobId);

    /// <summary>A folder that only a claim makes, and that is gone when the output is released: whoever comes late can do nothing that needs it.</summary>
    public static string Claim(string output, string jobId) => Path.Combine(Job(output, jobId), "claim");

    /// <summary>Where a commit puts the old files that it replaces; once it is gone no more can be taken away.</summary>
    public static string Old(string output, string jobId) => Path.Combine(Claim(output, jobId), "old");

    public static string Step(string output, string jobId, int step) => Path.Combine(Job(output, jobId), step.ToString());

    public static string Task(string output, string jobId, TaskId task) => Path.Combine(Step(output, jobId, task.Step), task.ToString());

    public static string Attempt(string output, string jobId, TaskId task, string token) => Path.Combine(Task(output, jobId, task), token);

    public static string Success(string output) => Path.Combine(output, SuccessName);
}

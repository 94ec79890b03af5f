using MapReduce.Protocol;

namespace MapReduce.Shuffle;

/// <summary>Where things lie in a worker's work directory: <c>&lt;J&gt;/&lt;task&gt;/&lt;token&gt;/output</c>.</summary>
public static class WorkDirectory
{
    /// <summary>The file that holds the id of the worker whose work directory this is: who finds the expected id there sees that worker's disk.</summary>
    public static string WorkerId(string workDirectory) => Path.Combine(workDirectory, "worker.id");

    /// <summary>All that a worker holds of a job.</summary>
    public static string Job(string workDirectory, string jobId) => Path.Combine(workDirectory, jobId);

    /// <summary>An attempt's own folder.</summary>
    public static string Attempt(string workDirectory, string jobId, TaskId task, string token) =>
        Path.Combine(Job(workDirectory, jobId), task.ToString(), token);

    /// <summary>The map output of a map attempt.</summary>
    public static string MapOutput(string workDirectory, string jobId, TaskId map, string token) =>
        Path.Combine(Attempt(workDirectory, jobId, map, token), "output");

    /// <summary>The map output that a reduce attempt reads.</summary>
    internal static string MapOutput(string workDirectory, TaskLease reduce, MapOutputLocation output) =>
        MapOutput(workDirectory, reduce.JobId, new TaskId(reduce.Task.Step, TaskKind.Map, output.Map), output.Token);
}

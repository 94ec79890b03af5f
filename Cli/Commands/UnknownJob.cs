using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;

namespace MapReduce.Cli.Commands;

/// <summary>The answer to a job name that is not in the catalog.</summary>
internal sealed class UnknownJob(JobCatalog catalog) : IRunTarget
{
    public Task<RunResult> RunAsync(RunRequest request, RunView view) =>
        Task.FromResult(RunResult.Refused(ExitCode.NotFound, "not-found", [Message(catalog, request.Job)]));

    /// <summary>Says which jobs there are and which one was probably meant.</summary>
    public static string Message(JobCatalog catalog, string name)
    {
        var meant = catalog.Suggest(name) is { } near ? $" Did you mean '{near}'?" : "";
        return $"there is no job '{name}'.{meant} Jobs: {string.Join(", ", catalog.Jobs.Select(job => job.Name))}.";
    }
}

using MapReduce.App.Progress;

namespace MapReduce.App.Commands;

/// <summary>Where a run takes place: this process, or a cluster.</summary>
internal interface IRunTarget
{
    /// <summary>Runs a job to its end, or as far as it goes, and shows how.</summary>
    Task<RunResult> RunAsync(RunRequest request, RunView view);
}

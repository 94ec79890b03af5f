using MapReduce.App.Progress;

namespace MapReduce.App.Commands;

/// <summary>One run of one job, from a request to a result that was shown.</summary>
internal sealed class JobRun(IRunTarget target, CliHost host, RunView view)
{
    /// <summary>Runs it, shows it, and says how it ended.</summary>
    public async Task<RunResult> RunAsync(RunRequest request)
    {
        var started = host.Time.GetTimestamp();
        var result = await target.RunAsync(request, view);
        result = result with { Elapsed = host.Time.GetElapsedTime(started) };
        try
        {
            view.End(request, result);
            return result;
        }
        catch (OutputUnwritableException unwritable)
        {
            return Unsaid(request, result, unwritable);
        }
    }

    // The job has ended all the same, and its output must not be thought lost.
    private RunResult Unsaid(RunRequest request, RunResult result, OutputUnwritableException unwritable)
    {
        var succeeded = result.ExitCode == ExitCode.Ok;
        var output = succeeded ? $" The job succeeded: its output in {Path.GetFullPath(request.Output)} is complete." : "";
        host.Error.WriteLine($"error: {unwritable.Message}{output}");
        return succeeded ? result with { ExitCode = ExitCode.Failed, Errors = [unwritable.Message] } : result;
    }
}

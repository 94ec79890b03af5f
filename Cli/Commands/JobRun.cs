using System.Diagnostics;
using MapReduce.Cli.Progress;
using MapReduce.Cli.Tracing;

namespace MapReduce.Cli.Commands;

/// <summary>One run of one job, from a request to an exit code.</summary>
internal sealed class JobRun(IRunTarget target, CliHost host, RunView view)
{
    /// <summary>Runs it, shows it, and says how it ended.</summary>
    public Task<int> RunAsync(RunRequest request) => CommandTrace.RunAsync(host, $"mapreduce run {request.Job}", span => RunAsync(request, span));

    private async Task<int> RunAsync(RunRequest request, Activity? span)
    {
        var started = host.Time.GetTimestamp();
        var result = await target.RunAsync(request, view);
        span.Tell(result);
        try
        {
            view.End(request, result with { Elapsed = host.Time.GetElapsedTime(started) });
            return result.ExitCode;
        }
        catch (OutputUnwritableException unwritable)
        {
            return Unsaid(request, result, unwritable);
        }
    }

    // The job has ended all the same, and its output must not be thought lost.
    private int Unsaid(RunRequest request, RunResult result, OutputUnwritableException unwritable)
    {
        var succeeded = result.ExitCode == ExitCode.Ok;
        var output = succeeded ? $" The job succeeded: its output in {Path.GetFullPath(request.Output)} is complete." : "";
        host.Error.WriteLine($"error: {unwritable.Message}{output}");
        return succeeded ? ExitCode.Failed : result.ExitCode;
    }
}

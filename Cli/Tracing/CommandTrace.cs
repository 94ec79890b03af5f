using System.Diagnostics;
using System.Runtime.CompilerServices;
using MapReduce.App;
using MapReduce.App.Progress;
using MapReduce.Cli.Cluster;
using MapReduce.Protocol;

namespace MapReduce.Cli.Tracing;

/// <summary>
/// The span of a command that starts a job, the root of the job's trace: it lasts as long as the command does. Without
/// <see cref="EndpointVariable"/> there is none, and nothing is loaded for it.
/// </summary>
internal static class CommandTrace
{
    /// <summary>The name of the source of the command's spans.</summary>
    public const string SourceName = "MapReduce.Cli";

    /// <summary>Where telemetry goes, as for the services.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Runs a command within its span.</summary>
    /// <param name="host">The command's process.</param>
    /// <param name="command">What was typed, as far as it tells one command from another: the span's name.</param>
    /// <param name="act">The command; it gets its span, or null, and returns the exit code.</param>
    public static Task<int> RunAsync(CliHost host, string command, Func<Activity?, Task<int>> act) =>
        string.IsNullOrWhiteSpace(host.Environment(EndpointVariable)) ? act(null) : ExportedAsync(host, command, act);

    /// <summary>Says which job the command started.</summary>
    public static void Tell(this Activity? span, JobStatus job) => span?.SetTag("mapreduce.job.id", job.JobId).SetTag("mapreduce.outcome", "submitted");

    /// <summary>Says how the run ended, as far as the command followed it.</summary>
    public static void Tell(this Activity? span, RunResult result)
    {
        if (span is null) return;
        if (result.Status is { } job) span.Tell(job);
        span.SetTag("mapreduce.outcome", result.State);
        if (result.ExitCode != ExitCode.Ok) span.SetStatus(ActivityStatusCode.Error, result.Errors.Count > 0 ? result.Errors[0] : result.State);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ExportedAsync(CliHost host, string command, Func<Activity?, Task<int>> act)
    {
        using var export = new SpanExport(host.Error);
        // Null where OTEL_TRACES_SAMPLER drops it.
        using var span = Source.StartActivity(command);
        try
        {
            return End(span, await act(span));
        }
        catch (Exception failure)
        {
            var interrupted = failure is OperationCanceledException && host.Interrupt.Fired;
            span?.SetStatus(ActivityStatusCode.Error, interrupted ? "interrupted" : failure.Message).SetTag("error.type", failure.GetType().FullName);
            End(span, interrupted ? ExitCode.Interrupted : ClusterError.Of(failure)?.ExitCode ?? ExitCode.Bug);
            throw;
        }
    }

    private static int End(Activity? span, int exitCode)
    {
        span?.SetTag("process.exit.code", exitCode);
        return exitCode;
    }
}

using System.CommandLine;
using System.Globalization;
using MapReduce.App;
using MapReduce.Remote;
using MapReduce.Scheduling;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job logs</c>: what happened to a job's attempts, with the errors of those that failed.</summary>
internal sealed class JobLogsCommand(CliHost host)
{
    private const int Page = 1000;

    private readonly Argument<string> _id = ClusterCommand.JobId();
    private readonly Option<bool> _json = ClusterCommand.Json();

    public Command Build() => ClusterCommand.Create(
        host, "logs", "Show what happened to a job's attempts, oldest first, with their errors.", "mapreduce job logs 0123456789abcdef0123456789abcdef", [_id, _json], ShowAsync);

    private async Task<int> ShowAsync(ParseResult parsed, ClusterClient cluster, ClusterTarget target)
    {
        var (jobId, json) = (parsed.GetRequiredValue(_id), parsed.GetValue(_json));
        for (long after = 0; ;)
        {
            var page = await cluster.AttemptsAsync(jobId, after, Page);
            if (page.IsTruncated) host.Error.WriteLine($"note: events between {after + 1:N0} and {(page.Events is [var first, ..] ? first.Id : after + 1):N0} are no longer kept.");
            foreach (var happened in page.Events) host.Out.WriteLine(json ? ClusterJson.Line(happened) : Line(happened));
            if (page.Events.Count < Page) return ExitCode.Ok;
            after = page.Events[^1].Id;
        }
    }

    private static string Line(AttemptEvent happened)
    {
        var at = happened.At.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = happened.Message is { } text ? $"  {text.ReplaceLineEndings(" ")}" : "";
        return $"{at}  {happened.Kind.ToString().ToLowerInvariant(),-11}  {happened.Task}  {happened.Token}  {happened.WorkerId}{message}";
    }
}

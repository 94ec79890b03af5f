using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Formatting;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job counters</c>: the totals of the winners.</summary>
internal sealed class JobCountersCommand(CliHost host)
{
    private readonly Argument<string> _id = ClusterCommand.JobId();
    private readonly Option<bool> _json = ClusterCommand.Json();

    public Command Build() => ClusterCommand.Create(
        host, "counters", "Show a job's counters.", "mapreduce job counters 0123456789abcdef0123456789abcdef", [_id, _json], ShowAsync);

    private async Task<int> ShowAsync(ParseResult parsed, ClusterClient cluster, ClusterTarget target)
    {
        var counters = await cluster.CountersAsync(parsed.GetRequiredValue(_id));
        if (parsed.GetValue(_json)) host.Out.WriteLine(ClusterJson.Line(counters));
        else Table.Write(host.Out, [.. counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).Select(counter => new[] { counter.Key, $"{counter.Value:N0}" })], indent: "");
        return ExitCode.Ok;
    }
}

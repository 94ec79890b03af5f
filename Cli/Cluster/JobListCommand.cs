using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.Cli.Commands;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Scheduling;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job list</c>: a line for each job, the newest first.</summary>
internal sealed class JobListCommand(CliHost host)
{
    private readonly Option<JobState?> _state = new("--state")
    {
        Description = $"Only jobs in this state: {string.Join(", ", Enum.GetNames<JobState>()).ToLowerInvariant()}.",
        HelpName = "STATE",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Enum.TryParse<JobState>(text, ignoreCase: true, out var state) && char.IsLetter(text[0])) return state;
            result.AddError($"--state '{text}' is none: use {string.Join(", ", Enum.GetNames<JobState>()).ToLowerInvariant()}.");
            return null;
        },
    };
    private readonly Option<string> _name = new("--name") { Description = "Only jobs of this name.", HelpName = "TEXT" };
    private readonly Option<int> _limit = RunOptions.Count("--limit", "Jobs at most; default: 50.", 1, 1000);
    private readonly Option<bool> _json = ClusterCommand.Json();

    public Command Build() => ClusterCommand.Create(
        host, "list", "List the jobs of a cluster, the newest first.", "mapreduce job list --state failed", [_state, _name, _limit, _json], ListAsync);

    private async Task<int> ListAsync(ParseResult parsed, ClusterClient cluster, ClusterTarget target)
    {
        var filter = new JobFilter { State = parsed.GetValue(_state), Name = parsed.GetValue(_name) };
        var page = await cluster.ListAsync(parsed.GetValue(_limit) is > 0 and var limit ? filter with { Limit = limit } : filter);
        if (parsed.GetValue(_json))
        {
            foreach (var job in page.Jobs) host.Out.WriteLine(ClusterJson.Line(job));
            return ExitCode.Ok;
        }
        if (page.Jobs.Count > 0) Table.Write(host.Out, [["id", "name", "state", "time", "output"], .. page.Jobs.Select(Row)], indent: "");
        if (page.Total > page.Jobs.Count) host.Error.WriteLine($"{page.Jobs.Count:N0} of {page.Total:N0} jobs; --limit shows more.");
        return ExitCode.Ok;
    }

    private string[] Row(JobStatus job) =>
        [job.JobId, job.Name, JobText.State(job), Durations.Format((job.EndedAt ?? host.Time.GetUtcNow()) - job.SubmittedAt), job.Output];
}

using System.CommandLine;
using System.Globalization;
using MapReduce.App;
using MapReduce.App.Formatting;
using MapReduce.App.Progress;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;

namespace MapReduce.Cli.Cluster;

/// <summary><c>mapreduce job show</c>: how a job stands and what was submitted.</summary>
internal sealed class JobShowCommand(CliHost host)
{
    private readonly Argument<string> _id = ClusterCommand.JobId();
    private readonly Option<bool> _json = ClusterCommand.Json();

    public Command Build() => ClusterCommand.Create(
        host, "show", "Show how a job stands and what was submitted.", "mapreduce job show 0123456789abcdef0123456789abcdef", [_id, _json], ShowAsync);

    private async Task<int> ShowAsync(ParseResult parsed, ClusterClient cluster, ClusterTarget target)
    {
        var job = await cluster.ShowAsync(parsed.GetRequiredValue(_id));
        if (parsed.GetValue(_json)) host.Out.WriteLine(ClusterJson.Line(job));
        else Table.Write(host.Out, [.. Rows(job)], indent: "");
        return ExitCode.Ok;
    }

    private IEnumerable<string[]> Rows(JobMessage job)
    {
        var status = job.Status;
        yield return ["id", status.JobId];
        yield return ["name", status.Name];
        yield return ["job", $"{job.Spec.Job} {job.Spec.Options}"];
        yield return ["state", JobText.State(status)];
        if (status.Error is { } error) yield return ["error", error];
        yield return ["submitted", status.SubmittedAt.ToString("u", CultureInfo.InvariantCulture)];
        yield return [status.EndedAt is null ? "runs for" : "took", Durations.Format((status.EndedAt ?? host.Time.GetUtcNow()) - status.SubmittedAt)];
        foreach (var kind in (TaskKind[])[TaskKind.Sample, TaskKind.Map, TaskKind.Reduce])
            if (status.Tasks.TryGetValue(kind, out var tasks)) yield return [PhaseText.Name(kind), JobText.Tasks(tasks)];
        yield return ["attempts", Summary.Attempts(status.Attempts)];
        foreach (var input in job.Spec.Inputs) yield return ["input", input];
        yield return ["bytes", ByteSize.Format(status.InputBytes)];
        yield return ["output", status.Output];
        yield return ["priority", $"{job.Spec.ToSpec().Priority}"];
        if (status.TraceId is { } trace) yield return ["trace", trace];
        foreach (var note in job.Notes) yield return ["note", note];
    }
}

using System.CommandLine;
using System.Diagnostics;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Cli.Cluster;
using MapReduce.Cli.Tracing;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce submit</c>: starts a job on a cluster and prints its id.</summary>
internal sealed class SubmitCommand(JobCatalog catalog, CliHost host)
{
    private const string Notes = """
        Exit codes:
          0 submitted, 2 usage, 3 master unreachable, 4 no such job, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly Argument<string> _job = RunCommand.JobName();
    private readonly RunArguments _arguments = new();
    private readonly SharedArguments _shared = new();
    private readonly ClusterOptions _cluster = new();

    public Command Build()
    {
        var command = new Command("submit", "Start a job on a cluster, print its id, and leave.");
        command.Arguments.Add(_job);
        _arguments.AddTo(command);
        _cluster.AddTo(command);
        _shared.AddTo(command);
        HelpExamples.Add(command, Notes, null,
            ("Start a job and wait for it later", "id=$(mapreduce submit wordcount books --output counts --master http://127.0.0.1:5080) && mapreduce job wait $id --master http://127.0.0.1:5080"));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => SubmitAsync(parsed)));
        return command;
    }

    private Task<int> SubmitAsync(ParseResult parsed)
    {
        var target = _cluster.Get(parsed, host);
        var request = _shared.AddTo(_arguments.Read(parsed, parsed.GetRequiredValue(_job)), parsed);
        return CommandTrace.RunAsync(host, $"mapreduce submit {request.Job}", span => SubmitAsync(target, request, span));
    }

    private async Task<int> SubmitAsync(ClusterTarget target, RunRequest request, Activity? span)
    {
        if (!catalog.TryFind(request.Job, out var job)) throw new KeyNotFoundException(UnknownJob.Message(catalog, request.Job));
        using var cluster = target.Connect(host);
        host.Interrupt.Listen("stopping: the job may have been submitted all the same");
        var submitted = await Submission.SubmitAsync(job, request, cluster, host);
        span.Tell(submitted);
        SubmittedText.Write(submitted, request.Json, host);
        return ExitCode.Ok;
    }
}

using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Cluster;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce run</c>: runs a job here or on a cluster, and waits for its end.</summary>
internal sealed class RunCommand(JobCatalog catalog, RunCluster cluster, CliHost host)
{
    private const string Notes = $"""
        {RunArguments.OutputNotes}

        On a cluster (--master):
          Input and output must be where its machines see them under the same paths. Ctrl+C stops following, not the job.

        Exit codes:
          0 ok, 1 job failed, 2 usage, 3 master unreachable, 4 no such job, 6 cancelled, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly Argument<string> _job = JobName();
    private readonly RunArguments _arguments = new();
    private readonly RunPlace _place = new(catalog, cluster, host);

    /// <summary>The argument that names a job of the catalog.</summary>
    public static Argument<string> JobName() => new("job") { Description = "The job's name; 'mapreduce jobs' lists them." };

    public Command Build()
    {
        var command = new Command("run", "Run a job and wait for its end: in this process on all processors, or on a cluster.");
        command.Arguments.Add(_job);
        _arguments.AddTo(command);
        _place.AddTo(command);
        HelpExamples.Add(command, Notes, WriteJob,
            ("Count words", "mapreduce run wordcount books --output counts"),
            ("Find lines, ignoring case, in compressed logs; replace what an earlier run left", "mapreduce run grep 'logs/**/*.gz' --output found --set pattern=error --set ignoreCase=true --overwrite"),
            ("Sort with less memory, on four workers, into eight parts", "mapreduce run sort data --output sorted --workers 4 --memory 64MiB --reducers 8"),
            ("Count words on a cluster", "mapreduce run wordcount books --output counts --master http://127.0.0.1:5080"));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => _place.RunAsync(parsed, _arguments.Read(parsed, parsed.GetRequiredValue(_job)))));
        return command;
    }

    // Who asks for help on one job wants to know what it takes.
    private void WriteJob(ParseResult parsed, TextWriter output)
    {
        if (parsed.GetResult(_job) is not { Tokens: [var name, ..] } || !catalog.TryFind(name.Value, out var job)) return;
        output.WriteLine();
        JobOptionsText.Write(output, job);
        output.WriteLine("Example:");
        output.WriteLine($"  {JobOptionsText.Command($"mapreduce run {job.Name}", job, "input", "out")}");
    }
}

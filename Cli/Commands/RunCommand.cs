using System.CommandLine;
using MapReduce.Cli.Cluster;
using MapReduce.Cli.Progress;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce run</c>: runs a job here or on a cluster, and waits for its end.</summary>
internal sealed class RunCommand(JobCatalog catalog, RunCluster cluster, CliHost host)
{
    private const string Notes = """
        Output:
          Parts named part-r-00000... of lines key<TAB>value, then _SUCCESS with sizes and checksums of the parts.
          Nothing is visible in the output directory before the job has succeeded.

        On a cluster (--master):
          Input and output must be where its machines see them under the same paths. Ctrl+C stops following, not the job.

        Exit codes:
          0 ok, 1 job failed, 2 usage, 3 master unreachable, 4 no such job, 6 cancelled, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly RunArguments _arguments = new();
    private readonly SharedArguments _shared = new();
    private readonly ClusterOptions _cluster = new();
    private readonly Option<int> _workers = RunOptions.Count("--workers", "Tasks that run at once in this process; default: one for each processor.", 1, 1024);
    private readonly Option<string> _workDirectory = new("--work-dir") { Description = "Where intermediate files go while the job runs in this process; default: within the output.", HelpName = "DIR" };

    public Command Build()
    {
        _workDirectory.Validators.Add(result => RunOptions.RefuseEmpty(result, "--work-dir", "name a directory, or leave the option out."));
        var command = new Command("run", "Run a job and wait for its end: in this process on all processors, or on a cluster.");
        _arguments.AddTo(command);
        command.Options.Add(_workers);
        command.Options.Add(_workDirectory);
        _cluster.AddTo(command);
        _shared.AddTo(command);
        HelpExamples.Add(command, Notes, WriteJob,
            ("Count words", "mapreduce run wordcount books --output counts"),
            ("Find lines, ignoring case, in compressed logs; replace what an earlier run left", "mapreduce run grep 'logs/**/*.gz' --output found --set pattern=error --set ignoreCase=true --overwrite"),
            ("Sort with less memory, on four workers, into eight parts", "mapreduce run sort data --output sorted --workers 4 --memory 64MiB --reducers 8"),
            ("Count words on a cluster", "mapreduce run wordcount books --output counts --master http://127.0.0.1:5080"));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => RunAsync(parsed)));
        return command;
    }

    // Who asks for help on one job wants to know what it takes.
    private void WriteJob(ParseResult parsed, TextWriter output)
    {
        if (parsed.GetResult(_arguments.Job) is not { Tokens: [var name, ..] } || !catalog.TryFind(name.Value, out var job)) return;
        output.WriteLine();
        JobOptionsText.Write(output, job);
        output.WriteLine("Example:");
        output.WriteLine($"  {JobOptionsText.Command(job, "input", "out")}");
    }

    private Task<int> RunAsync(ParseResult parsed)
    {
        var request = _arguments.Read(parsed);
        var view = RunView.For(host, request.Json);
        return _cluster.Find(parsed, host) is { } target
            ? new JobRun(new RemoteTarget(catalog, target, host), host, view).RunAsync(Remote(parsed, request))
            : new JobRun(new LocalTarget(catalog, cluster, host), host, view).RunAsync(Local(parsed, request));
    }

    private RunRequest Remote(ParseResult parsed, RunRequest request)
    {
        var local = ((Option[])[_workers, _workDirectory]).Where(option => parsed.GetResult(option) is not null).Select(option => option.Name);
        Refuse(local, $"is for a run in this process: leave it out, or the master (--master, {ClusterTarget.MasterVariable}).");
        return _shared.AddTo(request, parsed);
    }

    private RunRequest Local(ParseResult parsed, RunRequest request)
    {
        Refuse(_shared.Given(parsed), $"is for a cluster: leave it out, or name one with --master or {ClusterTarget.MasterVariable}.");
        return request with
        {
            Workers = parsed.GetValue(_workers) is > 0 and var workers ? workers : Environment.ProcessorCount,
            WorkDirectory = parsed.GetValue(_workDirectory) is { } directory ? Path.GetFullPath(directory) : null,
        };
    }

    private static void Refuse(IEnumerable<string> options, string why)
    {
        if (options.FirstOrDefault() is { } option) throw new UsageException($"{option} {why}");
    }
}

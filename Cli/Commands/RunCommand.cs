using System.CommandLine;
using MapReduce.Cli.Progress;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce run</c>: its arguments, and their way into a <see cref="RunRequest"/>.</summary>
internal sealed class RunCommand(JobCatalog catalog, RunCluster cluster, CliHost host)
{
    private const string Notes = """
        Output:
          Parts named part-r-00000... of lines key<TAB>value, then _SUCCESS with sizes and checksums of the parts.
          Nothing is visible in the output directory before the job has succeeded.

        Exit codes:
          0 ok, 1 job failed, 2 usage, 4 no such job, 6 cancelled, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly Argument<string> _job = new("job") { Description = "The job's name; 'mapreduce jobs' lists them." };
    private readonly Argument<string[]> _inputs = new("input")
    {
        Description = "Files, directories (read recursively) and quoted glob patterns; .gz and .br are read as they are.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The directory to write; new, empty, or an earlier output with --overwrite.", HelpName = "DIR", Required = true };
    private readonly Option<int> _reducers = RunOptions.Count("--reducers", "Reduce tasks, which is the number of parts; default: chosen from the input.", 1, 65_535);
    private readonly Option<int> _workers = RunOptions.Count("--workers", "Tasks that run at once; default: one for each processor.", 1, 1024);
    private readonly Option<long> _splitSize = RunOptions.Size("--split-size", "Input of one map task, such as 64MiB, at least 64KiB; default: chosen from the input.", 64L << 10);
    private readonly Option<long> _memory = RunOptions.Size("--memory", "Memory of each running task, at least 16MiB; default: 256MiB.", 16L << 20);
    private readonly Option<KeyValuePair<string, string>[]> _set = RunOptions.Settings("--set", "One option of the job; repeat it for more.");
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the output of an earlier job." };
    private readonly Option<string> _workDirectory = new("--work-dir") { Description = "Where intermediate files go while the job runs; default: within the output.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Write progress and result to standard output, one JSON object a line." };

    public Command Build()
    {
        _inputs.Validators.Add(result => RunOptions.RefuseEmpty(result, "<input>", "name a file, a directory or a pattern."));
        _output.Validators.Add(result => RunOptions.RefuseEmpty(result, "--output", "name the directory to write."));
        _workDirectory.Validators.Add(result => RunOptions.RefuseEmpty(result, "--work-dir", "name a directory, or leave the option out."));
        var command = new Command("run", "Run a job in this process, on all processors, and wait for its end.")
        {
            _job, _inputs, _output, _reducers, _workers, _splitSize, _memory, _set, _overwrite, _workDirectory, _json,
        };
        HelpExamples.Add(command, Notes, WriteJob,
            ("Count words", "mapreduce run wordcount books --output counts"),
            ("Find lines, ignoring case, in compressed logs; replace what an earlier run left", "mapreduce run grep 'logs/**/*.gz' --output found --set pattern=error --set ignoreCase=true --overwrite"),
            ("Sort with less memory, on four workers, into eight parts", "mapreduce run sort data --output sorted --workers 4 --memory 64MiB --reducers 8"));
        command.SetAction((parsed, _) => RunAsync(Read(parsed)));
        return command;
    }

    // Who asks for help on one job wants to know what it takes.
    private void WriteJob(ParseResult parsed, TextWriter output)
    {
        if (parsed.GetResult(_job) is not { Tokens: [var name, ..] } || !catalog.TryFind(name.Value, out var job)) return;
        output.WriteLine();
        JobOptionsText.Write(output, job);
        output.WriteLine("Example:");
        output.WriteLine($"  {JobOptionsText.Command(job, "input", "out")}");
    }

    private Task<int> RunAsync(RunRequest request)
    {
        RunView view = request.Json ? new JsonView(host) : host.Style.UsesBars ? new BarView(host) : new LineView(host);
        return new JobRun(catalog, cluster, host, view).RunAsync(request);
    }

    private RunRequest Read(ParseResult parsed) => new()
    {
        Job = parsed.GetRequiredValue(_job),
        Inputs = parsed.GetRequiredValue(_inputs),
        Output = parsed.GetRequiredValue(_output),
        Set = parsed.GetValue(_set) ?? [],
        Reducers = parsed.GetValue(_reducers),
        Workers = parsed.GetValue(_workers) is > 0 and var workers ? workers : Environment.ProcessorCount,
        SplitSize = parsed.GetValue(_splitSize),
        Memory = parsed.GetValue(_memory) is > 0 and var memory ? memory : RunRequest.DefaultMemory,
        Overwrite = parsed.GetValue(_overwrite),
        WorkDirectory = parsed.GetValue(_workDirectory) is { } directory ? Path.GetFullPath(directory) : null,
        Json = parsed.GetValue(_json),
    };
}

using System.CommandLine;
using MapReduce.App.Progress;

namespace MapReduce.App.Commands;

/// <summary>The command of a program that is one job: runs it in this process and waits for its end.</summary>
internal sealed class OneJobCommand(JobDefinition job, string program, RunCluster cluster, CliHost host)
{
    private const string Notes = $"""
        {RunArguments.OutputNotes}

        Exit codes:
          0 ok, 1 job failed, 2 usage, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly RunArguments _arguments = new();
    private readonly LocalArguments _local = new();

    public RootCommand Build()
    {
        var command = new RootCommand(job.Summary);
        _arguments.AddTo(command);
        _local.AddTo(command);
        HelpExamples.Add(command, Notes, WriteOptions,
            ("Run the job over all files of a directory", JobOptionsText.Command(program, job, "input", "out")),
            ("The same with less memory, on four workers, into eight parts; replace what an earlier run left", JobOptionsText.Command(program, job, "input", "out") + " --memory 64MiB --workers 4 --reducers 8 --overwrite"));
        command.SetAction(async (parsed, _) =>
        {
            var request = _local.AddTo(_arguments.Read(parsed, job.Name), parsed);
            var result = await new JobRun(new LocalTarget(job, cluster, host), host, RunView.For(host, request.Json)).RunAsync(request);
            return result.ExitCode;
        });
        return command;
    }

    private void WriteOptions(ParseResult parsed, TextWriter output)
    {
        output.WriteLine();
        JobOptionsText.Write(output, job);
    }
}

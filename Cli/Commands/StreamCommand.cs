using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Cluster;
using MapReduce.Streaming;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce stream</c>: runs any executables as mapper, combiner and reducer.</summary>
internal sealed class StreamCommand(RunCluster cluster, CliHost host)
{
    private const string Notes = $"""
        Contract (that of Hadoop Streaming):
          A program reads lines from standard input and writes lines; up to the first TAB a line is its key. The reducer reads the lines of each key
          one after another. Exit code 0 is success; standard error is for 'reporter:counter:group,name,amount', 'reporter:status:text' and messages.
          A command is a program and its arguments, with quotes but without a shell: write sh -c '...' for one.

        {RunArguments.OutputNotes}

        Exit codes:
          0 ok, 1 job failed, 2 usage, 3 master unreachable, 6 cancelled, 7 rejected, 70 bug, 130 interrupted
        """;

    private readonly RunArguments _arguments = new(takesSettings: false);
    private readonly RunPlace _place = new(new JobCatalog(StreamJob.Definition), cluster, host);
    private readonly Option<string> _mapper = new("--mapper") { Description = "The program that maps.", HelpName = "CMD", Required = true };
    private readonly Option<string> _reducer = new("--reducer") { Description = "The program that reduces; without it, or with NONE, the output is what the mappers write.", HelpName = "CMD" };
    private readonly Option<string> _combiner = new("--combiner") { Description = "The program that combines a part of the mappers' lines before they travel.", HelpName = "CMD" };
    private readonly Option<string[]> _files = new("--file") { Description = "A file or directory that the programs find in their working directory; repeat it for more.", HelpName = "PATH" };

    public Command Build()
    {
        _files.Validators.Add(result =>
        {
            foreach (var file in result.Tokens.Where(token => !Path.Exists(token.Value))) result.AddError($"--file '{file.Value}' does not exist.");
        });
        var command = new Command("stream", "Run any executables as mapper and reducer, as Hadoop Streaming does.");
        foreach (var option in (ReadOnlySpan<Option>)[_mapper, _reducer, _combiner, _files]) command.Options.Add(option);
        _arguments.AddTo(command);
        _place.AddTo(command);
        HelpExamples.Add(command, Notes, null,
            ("Count words with two Python scripts", "mapreduce stream books --output counts --mapper 'python3 map.py' --reducer 'python3 reduce.py' --file map.py --file reduce.py"),
            ("Change lines, without a reduce", "mapreduce stream logs --output upper --mapper 'tr a-z A-Z'"));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => _place.RunAsync(parsed, Read(parsed))));
        return command;
    }

    private RunRequest Read(ParseResult parsed)
    {
        return _arguments.Read(parsed, StreamJob.Definition.Name) with
        {
            Set =
            [
                new("mapper", parsed.GetRequiredValue(_mapper)),
                new("reducer", parsed.GetValue(_reducer) ?? ""),
                new("combiner", parsed.GetValue(_combiner) ?? ""),
                new("files", string.Join('\n', (parsed.GetValue(_files) ?? []).Select(Path.GetFullPath))),
            ],
        };
    }
}

using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Formatting;
using MapReduce.Cli.Cluster;
using MapReduce.Protocol;
using MapReduce.Streaming;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce export-streaming</c>: prints the command that runs a job on a Hadoop cluster.</summary>
internal sealed class ExportStreamingCommand(JobCatalog catalog, CliHost host)
{
    // More TABs than a line has: all of it is the key, which Hadoop then writes as it is.
    private const string WholeLine = "1000000";

    private readonly Argument<string> _job = RunCommand.JobName();
    private readonly Argument<string[]> _inputs = new("input") { Description = "Input paths, as Hadoop names them.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The output path, as Hadoop names it.", HelpName = "DIR", Required = true };
    private readonly Option<int> _reducers = RunOptions.Count("--reducers", "Reduce tasks; default: what Hadoop is configured for.", 1, 65_535);
    private readonly Option<KeyValuePair<string, string>[]> _set = RunOptions.Settings("--set", "One option of the job; repeat it for more.");

    public Command Build()
    {
        var command = new Command("export-streaming", "Print the command that runs a job on a Hadoop cluster, through Hadoop Streaming.") { _job, _inputs, _output, _reducers, _set };
        HelpExamples.Add(command, "The tool 'mapreduce' must be installed on the machines of the Hadoop cluster.", null,
            ("Count words on Hadoop", "mapreduce export-streaming wordcount /data/books --output /data/counts --reducers 8 | sh"));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => Task.FromResult(Write(parsed))));
        return command;
    }

    private int Write(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(_job);
        var set = parsed.GetValue(_set) ?? [];
        var job = StreamingTask.Export(catalog, name, set);
        List<string[]> words = [["-D", $"mapreduce.job.name={name}"]];
        if (job.HasReduce && parsed.GetValue(_reducers) is > 0 and var reducers) words.Add(["-D", $"mapreduce.job.reduces={reducers}"]);
        words.Add(["-D", $"stream.num.{(job.HasReduce ? "reduce" : "map")}.output.key.fields={WholeLine}"]);
        words.Add(["-D", "mapreduce.output.textoutputformat.separator="]);
        words.AddRange(parsed.GetRequiredValue(_inputs).Select(input => new[] { "-input", input }));
        words.Add(["-output", parsed.GetRequiredValue(_output)]);
        words.Add(["-mapper", Filter("map", name, set)]);
        words.Add(["-reducer", job.HasReduce ? Filter("reduce", name, set) : "NONE"]);
        host.Out.Write("hadoop jar \"$HADOOP_HOME\"/share/hadoop/tools/lib/hadoop-streaming-*.jar");
        foreach (var pair in words) host.Out.Write($" \\\n  {string.Join(' ', pair.Select(ShellWord.Quote))}");
        host.Out.WriteLine();
        return ExitCode.Ok;
    }

    private static string Filter(string mode, string job, KeyValuePair<string, string>[] set) =>
        string.Join(' ', ["mapreduce", StreamingTask.Name, mode, job, .. set.SelectMany(setting => new[] { "--set", Quote($"{setting.Key}={setting.Value}") })]);

    // As Hadoop takes a command apart: there is no way to write one quote within the same.
    private static string Quote(string word)
    {
        if (!word.Any(character => char.IsWhiteSpace(character) || character is '\'' or '"')) return word;
        if (!word.Contains('\'', StringComparison.Ordinal)) return $"'{word}'";
        return !word.Contains('"', StringComparison.Ordinal) ? $"\"{word}\""
            : throw new JobRejectedException([$"the option {word} holds both kinds of quotes, which a command of Hadoop Streaming cannot: use one kind."]);
    }
}

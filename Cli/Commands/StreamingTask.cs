using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Cluster;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Streaming;

namespace MapReduce.Cli.Commands;

/// <summary><c>mapreduce streaming-task map|reduce</c>: the two filters of which the command made by <c>export-streaming</c> consists. Not for people, so it is hidden.</summary>
internal sealed class StreamingTask(JobCatalog catalog, CliHost host)
{
    public const string Name = "streaming-task";

    private readonly Argument<string> _job = RunCommand.JobName();
    private readonly Option<KeyValuePair<string, string>[]> _set = RunOptions.Settings("--set", "One option of the job; repeat it for more.");

    /// <summary>A job of the catalog as two filters.</summary>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    /// <exception cref="JobRejectedException">It refuses its options, or cannot be exported.</exception>
    public static ExportedJob Export(JobCatalog catalog, string name, KeyValuePair<string, string>[] set)
    {
        if (!catalog.TryFind(name, out var job)) throw new KeyNotFoundException(UnknownJob.Message(catalog, name));
        try
        {
            return new ExportedJob(job.Plan(job.Parse(set)));
        }
        catch (NotSupportedException refused)
        {
            throw new JobRejectedException([$"{name} cannot run as two filters around a sort: {refused.Message} Run it with 'mapreduce run'."]);
        }
    }

    public Command Build() => new(Name, "One task of a job, as a filter of lines for Hadoop Streaming.")
    {
        Hidden = true,
        Subcommands = { Mode("map", Map), Mode("reduce", (job, input, output, scratch) => job.Reduce(input, output, scratch)) },
    };

    // The name that Hadoop gave it before, and gives it still.
    private CounterSet Map(ExportedJob job, Stream input, Stream output, string scratch) =>
        job.Map(input, host.Environment("mapreduce_map_input_file") ?? host.Environment("map_input_file") ?? "-", output, scratch);

    private Command Mode(string name, Func<ExportedJob, Stream, Stream, string, CounterSet> run)
    {
        var command = new Command(name) { _job, _set };
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, () => Task.FromResult(Run(parsed, run))));
        return command;
    }

    private int Run(ParseResult parsed, Func<ExportedJob, Stream, Stream, string, CounterSet> run)
    {
        var job = Export(catalog, parsed.GetRequiredValue(_job), parsed.GetValue(_set) ?? []);
        var (input, pipe) = host.Pipes();
        var scratch = Directory.CreateTempSubdirectory("mapreduce-task-");
        try
        {
            using var output = new BufferedStream(pipe, 1 << 16);
            foreach (var (name, value) in run(job, input, output, scratch.FullName)) host.Error.WriteLine($"reporter:counter:mapreduce,{name.Replace(',', ' ')},{value}");
            return ExitCode.Ok;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or NotSupportedException)
        {
            host.Error.WriteLine($"error: {failure.Message}");
            return ExitCode.Failed;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}

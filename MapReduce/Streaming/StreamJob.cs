using System.Text.Json;
using MapReduce.Protocol;

namespace MapReduce.Streaming;

/// <summary>
/// Any executables as mapper, combiner and reducer, under the contract of Hadoop Streaming: lines of text through standard input and output, key and value
/// parted by the first TAB.
/// </summary>
public sealed class StreamJob : IMapReduceJob<StreamOptions>
{
    private const string Summary = "Runs any executables as mapper, combiner and reducer.";

    private readonly Func<ShippedFile, string>? _locate;

    /// <summary>The job where no file was shipped to: on this machine, or for those who only plan.</summary>
    public StreamJob() { }

    private StreamJob(Func<ShippedFile, string> locate) => _locate = locate;

    /// <summary>The job under its name, <c>stream</c>.</summary>
    public static JobDefinition Definition { get; } = JobDefinition.Create<StreamJob>("stream", Summary);

    /// <summary>The job on a worker of a cluster.</summary>
    /// <param name="locate">The full path of a shipped file, which is there when an attempt begins.</param>
    public static JobDefinition DefinitionOn(Func<ShippedFile, string> locate) => JobDefinition.Create(Definition.Name, Summary, () => new StreamJob(locate));

    /// <summary>The shipped files that a job needs; none for one that is not a streaming job.</summary>
    /// <exception cref="JobRejectedException">The job's options are not JSON.</exception>
    public static IReadOnlyList<ShippedFile> FilesOf(JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Job != Definition.Name) return [];
        try
        {
            using var options = JsonDocument.Parse(spec.Options);
            return options.RootElement is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.String
                ? [.. StreamFiles.Lines(files.GetString()!).Select(ShippedFile.TryParse).OfType<ShippedFile>()]
                : [];
        }
        catch (JsonException malformed)
        {
            throw new JobRejectedException([$"{spec.Job}: the options are not JSON ({malformed.Message}): {spec.Options}"]);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A command is empty or has an open quote, a file is not named well, or there is a combiner without a reducer.</exception>
    public JobPlan Plan(StreamOptions options)
    {
        var files = StreamFiles.Parse(options.Files, _locate);
        var mapper = new StreamProgram(StreamCommand.Parse("mapper", options.Mapper), files);
        if (options.Reducer is "" or "NONE")
        {
            if (options.Combiner.Length > 0) throw new ArgumentException("a combiner without a reducer has nothing to do: leave it out, or give a reducer.");
            return Job.ReadLines().MapBlocks(() => new LineStreamMapper(mapper)).WriteText();
        }

        var reducer = new StreamProgram(StreamCommand.Parse("reducer", options.Reducer), files);
        var pairs = Job.ReadLines().MapBlocks(() => new KeyStreamMapper(mapper));
        if (options.Combiner.Length > 0)
            pairs = new(pairs.Side with { Group = new StreamCombinerBinding(new StreamProgram(StreamCommand.Parse("combiner", options.Combiner), files)) });
        return pairs.Reduce(() => new StreamReducer(reducer)).WriteText();
    }
}

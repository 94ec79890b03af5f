namespace MapReduce.Streaming;

/// <summary>
/// Any executables as mapper, combiner and reducer, under the contract of Hadoop Streaming: lines of text through standard input and output, key and value
/// parted by the first TAB.
/// </summary>
public sealed class StreamJob : IMapReduceJob<StreamOptions>
{
    /// <summary>The job under its name, <c>stream</c>.</summary>
    public static JobDefinition Definition { get; } = JobDefinition.Create<StreamJob>("stream", "Runs any executables as mapper, combiner and reducer.");

    /// <summary>Packs files for <see cref="StreamOptions.Files"/> with their content, for a cluster whose workers do not see them.</summary>
    /// <param name="paths">Existing files, of 160 KiB together at most.</param>
    /// <exception cref="ArgumentException">A path is a directory, or the files are too large.</exception>
    public static string Pack(IEnumerable<string> paths) => StreamFiles.Pack(paths);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A command is empty or has an open quote, a file is not named well, or there is a combiner without a reducer.</exception>
    public JobPlan Plan(StreamOptions options)
    {
        var files = StreamFiles.Parse(options.Files);
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

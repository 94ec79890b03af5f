namespace MapReduce.TestJobs;

/// <summary>Writes <c>attempts TAB n</c>: the map attempts that ran, whether they won or not. Each takes a while, and not the same.</summary>
public sealed class AttemptCount : IMapReduceJob<AttemptCountOptions>
{
    private const string Mark = "map";

    /// <inheritdoc/>
    public JobPlan Plan(AttemptCountOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce((_, _) => new Marks(options.Marks).Count(Mark))
        .WriteText();

    private sealed class Mapper(AttemptCountOptions options) : IMapper<string, int>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task)
        {
            _task = task;
            var number = new Marks(options.Marks).Leave(Mark);
            var part = new Random(options.Seed + (1_000 * number)).NextDouble();
            Marks.Rest(TimeSpan.FromMilliseconds(options.LeastMs + (part * (options.MostMs - options.LeastMs))), task.Cancelled);
        }

        public void Map(ReadOnlySpan<byte> line, Emitter<string, int> output) => output.Emit("attempts", 1);
    }
}

/// <summary>Options of <see cref="AttemptCount"/>.</summary>
/// <param name="Marks">A folder that all workers share.</param>
/// <param name="LeastMs">The least that an attempt takes.</param>
/// <param name="MostMs">The most that an attempt takes.</param>
/// <param name="Seed">Of how long each takes.</param>
public sealed record AttemptCountOptions(
    [Option("A folder that all workers share, for this job alone")] string Marks,
    [Option("The least milliseconds of an attempt", Min = 0)] int LeastMs = 2_000,
    [Option("The most milliseconds of an attempt", Min = 0)] int MostMs = 5_000,
    [Option("Chooses how long each attempt takes")] int Seed = 1);

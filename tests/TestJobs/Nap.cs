namespace MapReduce.TestJobs;

/// <summary>Counts equal lines, and rests for each line and for each key: work that takes time and no processor.</summary>
public sealed class Nap : IMapReduceJob<NapOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(NapOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce(() => new Reducer(options))
        .WriteText();

    private sealed class Mapper(NapOptions options) : IMapper<ReadOnlySpan<byte>, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
        {
            Marks.Rest(TimeSpan.FromMilliseconds(options.MapMs), _task!.Cancelled);
            output.Emit(line, 1);
        }
    }

    private sealed class Reducer(NapOptions options) : IReducer<ReadOnlySpan<byte>, long, ReadOnlySpan<byte>, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(ReadOnlySpan<byte> key, ref Values<long> values, Writer<ReadOnlySpan<byte>, long> output)
        {
            Marks.Rest(TimeSpan.FromMilliseconds(options.ReduceMs), _task!.Cancelled);
            var count = 0L;
            foreach (var value in values) count += value;
            output.Write(key, count);
        }
    }
}

/// <summary>Options of <see cref="Nap"/>.</summary>
/// <param name="MapMs">The rest for each line.</param>
/// <param name="ReduceMs">The rest for each key.</param>
public sealed record NapOptions(
    [Option("Milliseconds of rest for each line", Min = 0)] int MapMs = 1_000,
    [Option("Milliseconds of rest for each key", Min = 0)] int ReduceMs = 0);

namespace MapReduce.TestJobs;

/// <summary>Writes <c>processes TAB n</c>: the most worker processes that were seen mapping at one moment.</summary>
public sealed class MapTiming : IMapReduceJob<TimingOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(TimingOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce((_, seen) => seen.Max())
        .WriteText();

    private sealed class Mapper(TimingOptions options) : IMapper<string, int>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, int> output) =>
            output.Emit("processes", new Rendezvous(options).Meet(_task!.Cancelled));
    }
}

namespace MapReduce.TestJobs;

/// <summary>Counts words, and rests on those that have a certain letter: some reduce tasks end long before the others.</summary>
public sealed class EarlyExit : IMapReduceJob<EarlyExitOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(EarlyExitOptions options) => Job.ReadLines()
        .Map(line => Letters.Of(line.Text).Select(word => (word, 1L)))
        .Reduce(() => new Reducer(options))
        .WriteText();

    private sealed class Reducer(EarlyExitOptions options) : IReducer<string, long, string, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(string key, ref Values<long> values, Writer<string, long> output)
        {
            if (key == options.Slow) Marks.Rest(TimeSpan.FromMilliseconds(options.Ms), _task!.Cancelled);
            var count = 0L;
            foreach (var value in values) count += value;
            output.Write(key, count);
        }
    }
}

/// <summary>Options of <see cref="EarlyExit"/>.</summary>
/// <param name="Slow">The word that takes long.</param>
/// <param name="Ms">How long it takes.</param>
public sealed record EarlyExitOptions(
    [Option("The word whose reduce takes long")] string Slow,
    [Option("How many milliseconds it takes", Min = 0)] int Ms = 3_000);

using System.Text;

namespace MapReduce.TestJobs;

/// <summary>Writes for each line how many worker processes were seen reducing while its own reduce ran.</summary>
public sealed class ReduceTiming : IMapReduceJob<TimingOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(TimingOptions options) => Job.ReadLines()
        .Map<string, int>((line, output) => output.Emit(Encoding.UTF8.GetString(line), 1))
        .Reduce(() => new Reducer(options))
        .WriteText();

    private sealed class Reducer(TimingOptions options) : IReducer<string, int, string, int>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(string key, ref Values<int> values, Writer<string, int> output) =>
            output.Write(key, new Rendezvous(options).Meet(_task!.Cancelled));
    }
}

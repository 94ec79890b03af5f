using System.Text;

namespace MapReduce.TestJobs;

/// <summary>
/// Stops where a test wants it to stop: a map call waits at its line, a reduce task at its first key, until the test opens the
/// gate. Each leaves a mark for every time that it came by. What it counts does not depend on any of this.
/// </summary>
public sealed class Gate : IMapReduceJob<GateOptions>
{
    /// <summary>Keys that every map emits, so that every reduce task needs every map output.</summary>
    public const int Keys = 200;

    /// <summary>The job under its name.</summary>
    public static JobDefinition Definition { get; } = JobDefinition.Create<Gate>("gate", "Waits for a test at every map and every reduce task.");

    /// <inheritdoc/>
    public JobPlan Plan(GateOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce(() => new Reducer(options))
        .WriteText();

    private sealed class Mapper(GateOptions options) : IMapper<string, long>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, long> output)
        {
            var text = Encoding.UTF8.GetString(line);
            Barrier.Pass(options, "map", text, _task!.Cancelled);
            for (var key = 0; key < Keys; key++) output.Emit($"key-{key:D3}", text.Length + key);
            output.Emit(text, 1);
        }
    }

    private sealed class Reducer(GateOptions options) : IReducer<string, long, string, long>
    {
        private TaskContext? _task;
        private bool _hasPassed;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(string key, ref Values<long> values, Writer<string, long> output)
        {
            if (!_hasPassed) Barrier.Pass(options, "reduce", key, _task!.Cancelled);
            _hasPassed = true;
            var sum = 0L;
            foreach (var value in values) sum += value;
            output.Write(key, sum);
        }
    }

    private static class Barrier
    {
        // A test that fails opens nothing: nobody waits longer than any test lasts.
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

        public static void Pass(GateOptions options, string kind, string name, CancellationToken cancelled)
        {
            if (options.Folder.Length == 0) return;
            new Marks(options.Folder).Leave($"{kind}-{name}");
            string[] gates = [Path.Combine(options.Folder, $"open-{kind}"), Path.Combine(options.Folder, $"open-{kind}-{name}")];
            Marks.WaitUntil(() => gates.Any(File.Exists), Limit, cancelled);
        }
    }
}

/// <summary>Options of <see cref="Gate"/>.</summary>
/// <param name="Folder">Marks are left there; a file <c>open-map</c>, <c>open-map-LINE</c>, <c>open-reduce</c> or <c>open-reduce-KEY</c> lets pass.</param>
public sealed record GateOptions([Option("A folder that all workers share, for this job alone; empty to wait nowhere")] string Folder = "");

using System.Text;

namespace MapReduce.TestJobs;

/// <summary>
/// Counts equal lines, and does what they say. <c>nap 250</c> rests so many milliseconds; <c>fail x</c> fails the first attempt
/// that comes to it; <c>hang x</c> keeps the first attempt that comes to it until nobody wants it any more; any other line does
/// nothing.
/// </summary>
public sealed class Script : IMapReduceJob<ScriptOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(ScriptOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce((_, ones) => ones.Sum())
        .WriteText();

    private sealed class Mapper(ScriptOptions options) : IMapper<string, long>
    {
        private readonly Marks _marks = new(options.Marks);
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, long> output)
        {
            var text = Encoding.UTF8.GetString(line);
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1) Obey(words[0], words[1]);
            output.Emit(text, 1);
        }

        private void Obey(string verb, string what)
        {
            if (verb == "nap") Marks.Rest(TimeSpan.FromMilliseconds(int.Parse(what)), _task!.Cancelled);
            if (verb == "fail" && _marks.Leave($"fail-{what}") == 1) throw new InvalidOperationException($"The script says: fail {what}.");
            if (verb == "hang" && _marks.Leave($"hang-{what}") == 1) Marks.Rest(Timeout.InfiniteTimeSpan, _task!.Cancelled);
        }
    }
}

/// <summary>Options of <see cref="Script"/>.</summary>
/// <param name="Marks">A folder that all workers share.</param>
public sealed record ScriptOptions([Option("A folder that all workers share, for this job alone")] string Marks);

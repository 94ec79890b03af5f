using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace MapReduce.TestJobs;

/// <summary>
/// Counts the lines of each text, and before each map and each reduce call throws dice: in a third of the calls the worker's
/// process kills itself, in a third the call rests up to ten seconds. The dice are those of the seed, the call, and how often
/// it was made before, so that a seed can be played again. From the fifth time on a call is left alone: a death takes with it
/// the map outputs that the worker held, so that calls which went well are made again, and the job might never end.
/// </summary>
public sealed class Crash : IMapReduceJob<CrashOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(CrashOptions options) => Job.ReadLines()
        .Map(() => new Mapper(options))
        .Reduce(() => new Reducer(options))
        .WriteText();

    // In four throws nearly every call meets a death or a rest.
    private const int Throws = 4;

    private sealed class Mapper(CrashOptions options) : IMapper<string, long>
    {
        private readonly Dice _dice = new(options);
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, long> output)
        {
            var text = Encoding.UTF8.GetString(line);
            _dice.Throw("map-" + text, _task!.Cancelled);
            foreach (var word in text.Split(' ')) output.Emit(word, 1);
        }
    }

    private sealed class Reducer(CrashOptions options) : IReducer<string, long, string, long>
    {
        private readonly Dice _dice = new(options);
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(string key, ref Values<long> values, Writer<string, long> output)
        {
            _dice.Throw("reduce-" + key, _task!.Cancelled);
            var count = 0L;
            foreach (var value in values) count += value;
            output.Write(key, count);
        }
    }

    private sealed class Dice(CrashOptions options)
    {
        public void Throw(string call, CancellationToken cancelled)
        {
            if (options.Calm) return;
            var marks = new Marks(options.Marks);
            var name = string.Concat(call.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
            var time = marks.Leave(name);
            if (time > Throws) return;
            // A hash that is the same in every process, which a string's own is not.
            var dice = SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Seed} {name} {time}"));
            var face = dice[0] % 3;
            if (face == 1) Marks.Rest(TimeSpan.FromMilliseconds(BitConverter.ToUInt32(dice, 4) % options.MostStallMs), cancelled);
            if (face != 0) return;
            marks.Leave("death");
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}

/// <summary>Options of <see cref="Crash"/>.</summary>
/// <param name="Marks">A folder that all workers share.</param>
/// <param name="Seed">Of the dice.</param>
/// <param name="MostStallMs">The longest rest.</param>
/// <param name="Calm">No dice: what the output has to be.</param>
public sealed record CrashOptions(
    [Option("A folder that all workers share, for this job alone")] string Marks,
    [Option("Chooses what happens")] int Seed = 1,
    [Option("The most milliseconds that a call rests", Min = 1)] int MostStallMs = 10_000,
    [Option("Let nothing happen")] bool Calm = false);

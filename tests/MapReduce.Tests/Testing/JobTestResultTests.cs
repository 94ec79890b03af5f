using System.Buffers;
using System.Text;
using MapReduce.Testing;

namespace MapReduce.Tests.Testing;

public sealed class JobTestResultTests
{
    private static readonly string[] Lines = ["to be or not to be", "or 7", "be 8 9", .. Enumerable.Range(0, 20).Select(n => $"word{n % 3} {n}")];

    [Fact]
    public void Records_ReducedRecords_AreWhatLinqFinds()
    {
        var plan = Job.ReadLines().Map(line => line.Words().Select(word => ((string)word, 1)))
            .Reduce((word, counts) => new Found(word.Length, counts.Sum() / 4m)).WriteText();
        var expected = Words().GroupBy(word => word).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, new Found(group.Key.Length, group.Count() / 4m)));
        Assert.Equal(expected, JobTest.Run(plan, Lines).Records<string, Found>());
    }

    [Fact]
    public void Records_JobWritesUtf8Text_AreStrings()
    {
        var plan = Job.ReadLines().Map(line => line.Words().Select(word => (word, 1L))).Reduce((_, counts) => counts.Sum()).WriteJson((word, count) => new { word, count });
        var expected = Words().GroupBy(word => word).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count()));
        Assert.Equal(expected, JobTest.RunUnderFaults(plan, Lines, seed: 3).Records<string, long>().OrderBy(record => record.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Records_OtherTypes_NamesThoseOfTheJob()
    {
        var result = JobTest.Run(Job.ReadLines().Map(line => new[] { (line.Text, 1L) }).WriteText(), "a");
        Assert.Contains("'part' has records of String and Int64, not of String and Int32", Assert.Throws<InvalidOperationException>(() => result.Records<string, int>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_NullInAFile_SaysWhyThereAreNone()
    {
        var result = JobTest.Run(Job.ReadLines().Map(line => new[] { (line.Text, 1L) }).Reduce((_, _) => (string?)null).WriteText(), "a");
        Assert.Equal(["a\t"], result.Lines);
        Assert.Contains("Null of type String", Assert.Throws<InvalidOperationException>(() => result.Records<string, string>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordsOf_NamedOutputWithHeaders_AreThoseOfAllTasks()
    {
        var result = JobTest.Run(Numbers(), Lines);
        Assert.Equal(Words().Where(word => !int.TryParse(word, out _)), result.RecordsOf<string, int>("words.csv").Select(record => record.Key));
        Assert.Equal(["word,length", "to,2", "be,2"], result.LinesOf("words.csv").Take(3));
        Assert.Equal(Words().Where(word => int.TryParse(word, out _)), result.Lines);
    }

    [Fact]
    public void FilesOf_SideFile_IsThatOfEachTask()
    {
        var result = JobTest.RunUnderFaults(Numbers(), Lines, seed: 1);
        Assert.Equal(result.Files.Keys.Count(name => name.StartsWith("seen-m-", StringComparison.Ordinal)), result.FilesOf("seen.txt").Count);
        Assert.Equal(Lines.Length, result.FilesOf("seen.txt").Sum(file => int.Parse(Encoding.UTF8.GetString(file))));
        Assert.Empty(result.FilesOf("seen"));
    }

    [Fact]
    public void LinesOf_SeveralSteps_AreThoseOfEach()
    {
        var plan = Job.ReadLines().Map(() => new Told("first")).Reduce((_, lines) => lines.Count()).Map((_, count) => new[] { ("k", count) }).Reduce(() => new ToldAgain()).WriteText();
        Assert.Equal(["first\ta", "first\tb", "k\t2"], JobTest.Run(plan, "a", "b").LinesOf("told"));
    }

    [Fact]
    public void Run_NamedOutputDependsOnTheSplits_ShowsBothOutputs()
    {
        var plan = Job.ReadLines().Map(() => new Counter()).WriteText();
        Assert.Contains("the records of 'lines', sorted, hold '2' where", Assert.Throws<JobTestException>(() => JobTest.Run(plan, "a", "b")).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Words() => Lines.SelectMany(line => line.Split(' '));

    // Numbers to the part, words to a file with a header, and how many lines there were to a file for each task.
    private static JobPlan Numbers() => Job.ReadLines().Map(() => new Sorter()).WriteText();

    private sealed record Found(int Length, decimal Quarters);

    private sealed class Sorter : IMapper<int, NoValue>
    {
        private TaskContext? _task;
        private int _lines;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<int, NoValue> output)
        {
            _lines++;
            foreach (var word in Encoding.UTF8.GetString(line).Split(' '))
            {
                if (int.TryParse(word, out var number)) output.Emit(number, default);
                else _task!.Output("words.csv", new Csv()).Write(word, word.Length);
            }
        }

        public void Finish(Emitter<int, NoValue> output)
        {
            using var seen = _task!.CreateFile("seen.txt");
            seen.Write(Encoding.UTF8.GetBytes($"{_lines}"));
        }
    }

    private sealed class Csv : OutputFormat<string, int>
    {
        public override RecordWriter<string, int> Open() => new Rows();

        private sealed class Rows : RecordWriter<string, int>
        {
            public override void Begin(IBufferWriter<byte> file) => file.Write("word,length\n"u8);

            public override void Write(string key, int value, IBufferWriter<byte> file) => file.Write(Encoding.UTF8.GetBytes($"{key},{value}\n"));
        }
    }

    private sealed class Told(string step) : IMapper<string, NoValue>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, NoValue> output)
        {
            _task!.Output<string, string>("told").Write(step, Encoding.UTF8.GetString(line));
            output.Emit("k", default);
        }
    }

    private sealed class ToldAgain : IReducer<string, int, string, int>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Reduce(string key, ref Values<int> values, Writer<string, int> output)
        {
            foreach (var value in values) _task!.Output<string, int>("told").Write(key, value);
        }
    }

    // Counts the lines of a task, which differ from run to run.
    private sealed class Counter : IMapper<NoValue, NoValue>
    {
        private TaskContext? _task;
        private int _lines;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<NoValue, NoValue> output) => _lines++;

        public void Finish(Emitter<NoValue, NoValue> output) => _task!.Output<int, NoValue>("lines").Write(_lines, default);
    }
}

using System.Text;

namespace MapReduce.TestJobs;

/// <summary>Writes for each word the number of files that hold it and their names: <c>word TAB 2 a.txt,b.txt</c>.</summary>
public sealed class Indexer : IMapReduceJob<NoOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(NoOptions options) => Job.ReadLines()
        .Map(() => new Mapper())
        .Reduce((_, files) => Join([.. files.Distinct().Order(StringComparer.Ordinal)]))
        .WriteText();

    /// <summary>The value of a word that is in these files.</summary>
    public static string Join(IReadOnlyCollection<string> files) => $"{files.Count} {string.Join(',', files)}";

    private sealed class Mapper : IMapper<string, string>
    {
        private TaskContext? _task;

        public void Setup(TaskContext task) => _task = task;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, string> output)
        {
            var file = Path.GetFileName(_task!.InputPath);
            foreach (var word in Letters.Of(Encoding.UTF8.GetString(line)).Distinct()) output.Emit(word, file);
        }
    }
}

using System.Runtime.CompilerServices;
using MapReduce.Jobs.Words;

namespace MapReduce.Jobs;

/// <summary>Lists for each word the files that contain it: <c>word TAB path,path</c>, full paths in ordinal order, each once.</summary>
public sealed class InvertedIndex : IMapReduceJob<WordOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(WordOptions options) => Job.ReadLines()
        .MapBlocks(() => new Mapper(options))
        .CombineValues((_, files) => files.Distinct())
        .Reduce((_, files) => string.Join(',', files.Distinct().Order(StringComparer.Ordinal)))
        .WriteText();

    private sealed class Mapper(WordOptions options) : IBlockMapper<ReadOnlySpan<byte>, string>
    {
        private readonly LowerCase? _lower = options.Case == WordCase.Lower ? new() : null;
        private readonly RecentWords _recent = new();
        private TaskContext? _task;
        private string _file = "";

        public void Setup(TaskContext task) => _task = task;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, string> output)
        {
            if (_task!.InputPath != _file) _recent.Forget();
            _file = _task.InputPath;
            if (_lower is not null) lines = _lower.Apply(lines);
            if (options.Words == WordKind.Letters)
            {
                foreach (var word in new LetterWords(lines)) Emit(word, output);
                return;
            }

            foreach (var word in new Utf8Words(lines)) Emit(word, output);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Emit(ReadOnlySpan<byte> word, Emitter<ReadOnlySpan<byte>, string> output)
        {
            if (_recent.Add(word)) output.Emit(word, _file);
        }
    }
}

using System.Runtime.CompilerServices;
using MapReduce.Jobs.Words;

namespace MapReduce.Jobs;

/// <summary>Counts words: a line <c>word TAB count</c> for each.</summary>
public sealed class WordCount : IMapReduceJob<WordOptions>
{
    /// <inheritdoc/>
    public JobPlan Plan(WordOptions options) => Job.ReadLines()
        .MapBlocks(() => new Mapper(options))
        .Combine(new Sum<long>())
        .Reduce(() => new Reducer())
        .WriteText();

    private sealed class Mapper(WordOptions options) : IBlockMapper<ReadOnlySpan<byte>, long>
    {
        private readonly LowerCase? _lower = options.Case == WordCase.Lower ? new() : null;

        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, long> output)
        {
            if (_lower is not null) lines = _lower.Apply(lines);
            if (options.Words == WordKind.Letters) EmitLetters(lines, output);
            else EmitWords(lines, output);
        }

        // A whole short job would be over before the runtime optimises a loop by itself. One loop a method: of two, the
        // compiler would inline but the first.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void EmitWords(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, long> output)
        {
            foreach (var word in new Utf8Words(lines)) output.Emit(word, 1);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void EmitLetters(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, long> output)
        {
            foreach (var word in new LetterWords(lines)) output.Emit(word, 1);
        }
    }

    private sealed class Reducer : IReducer<ReadOnlySpan<byte>, long, ReadOnlySpan<byte>, long>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Reduce(ReadOnlySpan<byte> key, ref Values<long> values, Writer<ReadOnlySpan<byte>, long> output)
        {
            var sum = 0L;
            foreach (var value in values) sum += value;
            output.Write(key, sum);
        }
    }
}

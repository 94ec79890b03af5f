using System.Runtime.CompilerServices;
using MapReduce.Jobs.Matching;

namespace MapReduce.Jobs;

/// <summary>Keeps the lines that match, their bytes as they stand, in the order of the input; or counts them.</summary>
public sealed class Grep : IMapReduceJob<GrepOptions>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or holds a line feed.</exception>
    public JobPlan Plan(GrepOptions options)
    {
        var create = LineFinder.For(options);
        if (!options.Count) return Job.ReadLines().MapBlocks(() => new Lines(create())).WriteText();
        return Job.ReadLines()
            .MapBlocks(() => new Counter(create()))
            .Combine(new Sum<long>())
            .Reduce((_, counts) => counts.Sum())
            .WriteText();
    }

    private sealed class Lines(LineFinder finder) : IBlockMapper<ReadOnlySpan<byte>, NoValue>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, NoValue> output)
        {
            finder.Begin(lines);
            var next = 0;
            while (finder.TryFind(lines, ref next, out var line)) output.Emit(line, default);
        }
    }

    private sealed class Counter(LineFinder finder) : IBlockMapper<NoValue, long>
    {
        private long _count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Map(ReadOnlySpan<byte> lines, Emitter<NoValue, long> output)
        {
            finder.Begin(lines);
            var next = 0;
            while (finder.TryFind(lines, ref next, out _)) _count++;
        }

        // Zero, too: an answer without a number would be none.
        public void Finish(Emitter<NoValue, long> output) => output.Emit(default, _count);
    }
}

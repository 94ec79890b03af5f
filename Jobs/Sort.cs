using System.Runtime.CompilerServices;
using MapReduce.Jobs.Sorting;

namespace MapReduce.Jobs;

/// <summary>
/// Sorts lines: the parts put together in order are what GNU sort writes in the C locale, byte for byte. Lines with equal keys are
/// ordered by all of their bytes.
/// </summary>
public sealed class Sort : IMapReduceJob<SortOptions>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is not fields, or the separator not one ASCII character.</exception>
    public JobPlan Plan(SortOptions options)
    {
        var order = LineOrder.Of(options);
        if (order.IsPlain) return Plain(options.Unique);
        if (!options.Unique) return ByKeyAndLine(order);
        return Job.ReadLines()
            .MapBlocks(() => new KeyMapper(new LineEncoder(order)))
            .TotalOrder()
            .Reduce(() => new FirstLine())
            .WriteText();
    }

    // Lines that are their own keys need not be encoded, nor copied into a value.
    private static JobPlan Plain(bool isUnique)
    {
        var lines = Job.ReadLines().MapBlocks(() => new RawLineMapper());
        if (!isUnique) return lines.Sort().WriteText();
        return lines.TotalOrder().Combine(new First<NoValue>()).Reduce((_, values) => values.First()).WriteText();
    }

    // The line ends the key, where it settles the order of equal keys; it is taken from there again.
    private static JobPlan ByKeyAndLine(LineOrder order) => Job.ReadLines()
        .MapBlocks(() => new KeyAndLineMapper(new LineEncoder(order)))
        .TotalOrder()
        .Reduce(() => new LineOfKey(new LineEncoder(order)))
        .WriteText();

    private sealed class KeyMapper(LineEncoder encoder) : IBlockMapper<ReadOnlySpan<byte>, ReadOnlySpan<byte>>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
        {
            foreach (var line in new RawLines(lines)) output.Emit(encoder.Key(line), line);
        }
    }

    private sealed class FirstLine : IReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>, NoValue>
    {
        public void Reduce(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, NoValue> output)
        {
            if (values.MoveNext()) output.Write(values.Current, default);
        }
    }

    private sealed class KeyAndLineMapper(LineEncoder encoder) : IBlockMapper<ReadOnlySpan<byte>, int>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Map(ReadOnlySpan<byte> lines, Emitter<ReadOnlySpan<byte>, int> output)
        {
            foreach (var line in new RawLines(lines)) output.Emit(encoder.KeyAndLine(line), line.Length);
        }
    }

    private sealed class LineOfKey(LineEncoder encoder) : IReducer<ReadOnlySpan<byte>, int, ReadOnlySpan<byte>, NoValue>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Reduce(ReadOnlySpan<byte> key, ref Values<int> values, Writer<ReadOnlySpan<byte>, NoValue> output)
        {
            foreach (var length in values) output.Write(encoder.LineAtEndOf(key, length), default);
        }
    }
}

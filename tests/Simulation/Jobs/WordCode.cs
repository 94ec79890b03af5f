using MapReduce;

namespace Simulation.Jobs;

/// <summary>Gives each word of a line with a one.</summary>
internal sealed class WordMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, long>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
    {
        foreach (var word in new Utf8Words(line)) output.Emit(word, 1);
    }
}

/// <summary>Adds.</summary>
internal sealed class SumReducer(AttemptCode code) : TinyReducer<ReadOnlySpan<byte>, long, long>(code)
{
    protected override void ReduceKey(ReadOnlySpan<byte> key, ref Values<long> values, Writer<ReadOnlySpan<byte>, long> output)
    {
        var sum = 0L;
        foreach (var value in values) sum += value;
        output.Write(key, sum);
    }
}

using System.Text;
using MapReduce;

namespace Simulation.Jobs;

/// <summary>Gives each word with the nonce of this attempt and the word's number within it.</summary>
internal sealed class TokenMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, ReadOnlySpan<byte>>(code)
{
    private int _words;

    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        foreach (var word in new Utf8Words(line)) output.Emit(word, Encoding.UTF8.GetBytes($"{Code.Nonce}.{++_words}"));
    }
}

/// <summary>Writes each value with the nonce of this attempt.</summary>
internal sealed class TokenReducer(AttemptCode code) : TinyReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>>(code)
{
    protected override void ReduceKey(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        foreach (var value in values) output.Write(key, Encoding.UTF8.GetBytes($"{Code.Nonce} {Encoding.UTF8.GetString(value)}"));
    }
}

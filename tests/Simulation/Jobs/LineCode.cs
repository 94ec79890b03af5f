using MapReduce;

namespace Simulation.Jobs;

/// <summary>Gives each line that is not empty with its length in bytes.</summary>
internal sealed class LengthMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, long>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
    {
        if (!line.IsEmpty) output.Emit(line, line.Length);
    }
}

/// <summary>Gives each line as it is.</summary>
internal sealed class LineMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, NoValue>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, NoValue> output) => output.Emit(line, default);
}

using MapReduce;

namespace Simulation.Jobs;

/// <summary>As <see cref="FieldMapper"/>; beside the map output it writes the lines as they are.</summary>
internal sealed class BesideMapper(AttemptCode code) : FieldMapper(code)
{
    private Stream? _lines;

    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        _lines ??= Task.CreateFile("lines");
        _lines.Write(line);
        _lines.WriteByte((byte)'\n');
        base.MapLine(line, output);
    }

    public override void Finish(Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        _lines?.Dispose();
        base.Finish(output);
    }
}

/// <summary>Writes how many values each key has; beside the part, the keys with their lengths.</summary>
internal sealed class BesideReducer(AttemptCode code) : TinyReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, long>(code)
{
    protected override void ReduceKey(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, long> output)
    {
        var count = 0L;
        foreach (var _ in values) count++;
        Task.Output<ReadOnlySpan<byte>, int>("keys.txt").Write(key, key.Length);
        output.Write(key, count);
    }
}

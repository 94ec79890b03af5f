using MapReduce;

namespace Simulation.Jobs;

/// <summary>Cuts a line at its first space or TAB: what is before is the key, what is after the value, TABs and all.</summary>
internal class FieldMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, ReadOnlySpan<byte>>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        if (end < 0) output.Emit(line, default);
        else output.Emit(line[..end], line[(end + 1)..]);
    }
}

/// <summary>Writes the values of a key in the order in which they come, numbered: a key that came twice would begin at 1 twice.</summary>
internal sealed class ListReducer(AttemptCode code) : TinyReducer<ReadOnlySpan<byte>, ReadOnlySpan<byte>, ReadOnlySpan<byte>>(code)
{
    private byte[] _line = new byte[256];

    protected override void ReduceKey(ReadOnlySpan<byte> key, ref Values<ReadOnlySpan<byte>> values, Writer<ReadOnlySpan<byte>, ReadOnlySpan<byte>> output)
    {
        var number = 0;
        foreach (var value in values)
        {
            if (_line.Length < value.Length + 16) _line = new byte[value.Length * 2];
            (++number).TryFormat(_line, out var at);
            _line[at++] = (byte)':';
            value.CopyTo(_line.AsSpan(at));
            output.Write(key, _line.AsSpan(0, at + value.Length));
        }
    }
}

/// <summary>Writes the smallest value of a key.</summary>
internal sealed class SmallestReducer(AttemptCode code) : TinyReducer<ReadOnlySpan<byte>, byte[], byte[]>(code)
{
    protected override void ReduceKey(ReadOnlySpan<byte> key, ref Values<byte[]> values, Writer<ReadOnlySpan<byte>, byte[]> output)
    {
        byte[]? smallest = null;
        foreach (var value in values) smallest = Smaller(smallest, value);
        output.Write(key, smallest!);
    }

    public static IEnumerable<byte[]> Combine(IEnumerable<byte[]> values) => [values.Aggregate(Smaller)];

    private static byte[] Smaller(byte[]? one, byte[] other) => one is null || other.AsSpan().SequenceCompareTo(one) < 0 ? other : one;
}

/// <summary>As <see cref="FieldMapper"/>, with the value in an array of its own.</summary>
internal sealed class FieldArrayMapper(AttemptCode code) : TinyMapper<ReadOnlySpan<byte>, byte[]>(code)
{
    protected override void MapLine(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, byte[]> output)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        if (end < 0) output.Emit(line, []);
        else output.Emit(line[..end], line[(end + 1)..].ToArray());
    }
}

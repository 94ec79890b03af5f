using MapReduce.Serialization;

namespace MapReduce.Output;

internal sealed class TupleFormatter<T1, T2>(TextFormatter<T1> first, TextFormatter<T2> second) : TextFormatter<(T1, T2)>
{
    public override int TryWrite((T1, T2) value, Span<byte> to) => TextFormatter.TryAppend(first.TryWrite(value.Item1, to), second, value.Item2, to);
}

internal sealed class TupleFormatter<T1, T2, T3>(TextFormatter<T1> first, TextFormatter<T2> second, TextFormatter<T3> third) : TextFormatter<(T1, T2, T3)>
{
    public override int TryWrite((T1, T2, T3) value, Span<byte> to)
    {
        var written = TextFormatter.TryAppend(first.TryWrite(value.Item1, to), second, value.Item2, to);
        return TextFormatter.TryAppend(written, third, value.Item3, to);
    }
}

internal sealed class TupleFormatter<T1, T2, T3, T4>(TextFormatter<T1> first, TextFormatter<T2> second, TextFormatter<T3> third, TextFormatter<T4> fourth)
    : TextFormatter<(T1, T2, T3, T4)>
{
    public override int TryWrite((T1, T2, T3, T4) value, Span<byte> to)
    {
        var written = TextFormatter.TryAppend(first.TryWrite(value.Item1, to), second, value.Item2, to);
        return TextFormatter.TryAppend(TextFormatter.TryAppend(written, third, value.Item3, to), fourth, value.Item4, to);
    }
}

/// <summary>Records as the tuples that they are encoded as. A null has no parts.</summary>
internal sealed class RecordFormatter<T, TTuple>(TextFormatter<TTuple> parts) : TextFormatter<T>
{
    public override int TryWrite(T value, Span<byte> to) => value is null ? 0 : parts.TryWrite(RecordMapping<T, TTuple>.To(value), to);
}

internal sealed class NullableFormatter<T>(TextFormatter<T> present) : TextFormatter<T?>
    where T : struct
{
    public override int TryWrite(T? value, Span<byte> to) => value is { } some ? present.TryWrite(some, to) : 0;
}

/// <summary>Arrays and lists, item by item.</summary>
internal sealed class ListFormatter<T, TItem>(TextFormatter<TItem> items) : TextFormatter<T>
    where T : IEnumerable<TItem>
{
    public override int TryWrite(T value, Span<byte> to)
    {
        if (value is null) return 0;
        var written = 0;
        var isFirst = true;
        foreach (var item in value)
        {
            written = isFirst ? items.TryWrite(item, to) : TextFormatter.TryAppend(written, items, item, to);
            if (written < 0) return -1;
            isFirst = false;
        }

        return written;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>A task by its name, as in logs and file names: <c>"0-m-00012"</c>.</summary>
internal sealed class TaskIdConverter : JsonConverter<TaskId>
{
    public override TaskId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString(), out var task)
            ? task
            : throw new JsonException("A task is named by its step, its kind (s, m or r) and its index: \"0-m-00012\".");

    public override void Write(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        var kind = value.Kind switch { TaskKind.Sample => 's', TaskKind.Map => 'm', _ => 'r' };
        // Written in place: leases and reports name thousands of tasks a second.
        text.TryWrite(CultureInfo.InvariantCulture, $"{value.Step}-{kind}-{value.Index:D5}", out var length);
        writer.WriteStringValue(text[..length]);
    }

    private static bool TryParse(ReadOnlySpan<char> text, out TaskId task)
    {
        task = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Length < dash + 4 || text[dash + 2] != '-') return false;
        if (!Number(text[..dash], out var step) || !Number(text[(dash + 3)..], out var index)) return false;
        TaskKind? kind = text[dash + 1] switch { 's' => TaskKind.Sample, 'm' => TaskKind.Map, 'r' => TaskKind.Reduce, _ => null };
        if (kind is null) return false;
        task = new TaskId(step, kind.Value, index);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

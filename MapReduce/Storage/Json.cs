using System.Text.Json;

namespace MapReduce.Storage;

/// <summary>
/// The engine's own small JSON files, written and read by hand. The serializer compiles hundreds of methods when it first
/// meets a type, precompiled or not, which was a fifth of what a short local run cost.
/// </summary>
internal static class Json
{
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        return stream.ToArray();
    }

    /// <summary>Reads a whole file. What is read must not hold on to the element.</summary>
    /// <exception cref="IOException">It makes no sense. What is published is whole, so that this is a fault of the disk like any other.</exception>
    public static T Read<T>(byte[] json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new IOException($"A file of {json.Length} bytes is damaged: {damage.Message}", damage);
        }
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A text that may be null or left out.</summary>
    public static string? OptionalText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A value of an enumeration by its name. Not generic: the generic parser is compiled anew for each enumeration.</summary>
    public static object Name(this JsonElement element, string name, Type enumeration) => Enum.Parse(enumeration, element.Text(name));

    public static List<T> List<T>(this JsonElement element, Func<JsonElement, T> read)
    {
        var list = new List<T>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray()) list.Add(read(item));
        return list;
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void WriteCounters(this Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> counters)
    {
        writer.WriteStartObject(name);
        foreach (var counter in counters) writer.WriteNumber(counter.Key, counter.Value);
        writer.WriteEndObject();
    }

    public static Dictionary<string, long> Counters(this JsonElement element)
    {
        var counters = new Dictionary<string, long>();
        foreach (var counter in element.EnumerateObject()) counters.Add(counter.Name, counter.Value.GetInt64());
        return counters;
    }
}

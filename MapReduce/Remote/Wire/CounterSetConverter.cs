using System.Text.Json;
using System.Text.Json.Serialization;
using MapReduce.Counters;

namespace MapReduce.Remote.Wire;

/// <summary>Counters as an object: <c>{"MAP_INPUT_RECORDS": 12}</c>.</summary>
internal sealed class CounterSetConverter : JsonConverter<CounterSet>
{
    public override CounterSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Counters are an object of names and numbers.");
        var counters = new CounterSet();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            counters.Add(name, reader.GetInt64());
        }
        return counters;
    }

    public override void Write(Utf8JsonWriter writer, CounterSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var counter in value) writer.WriteNumber(counter.Key, counter.Value);
        writer.WriteEndObject();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MapReduce.Output;

/// <summary>How values become JSON where a job does not say it.</summary>
internal static class JsonTypes
{
    // As they are read, and what only output has: the items of tuples, which are fields, and texts that are no strings yet.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        IncludeFields = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TextConverter() },
    };

    /// <exception cref="NotSupportedException">The serializer cannot write the type.</exception>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private sealed class TextConverter : JsonConverter<Utf8Text>
    {
        public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MapReduce.Output;

/// <summary>One JSON value a line.</summary>
internal sealed class JsonOutput<TKey, TValue, T>(Func<TKey, TValue, T> record, JsonTypeInfo<T> type) : OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public override string Extension => ".jsonl";

    public override RecordWriter<TKey, TValue> Open() => new LineWriter(record, type);

    [SuppressMessage("Design", "CA1001", Justification = "A writer into a buffer holds nothing that must be given back.")]
    private sealed class LineWriter(Func<TKey, TValue, T> record, JsonTypeInfo<T> type) : RecordWriter<TKey, TValue>
    {
        private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = type.Options.Encoder });

        public override void Write(TKey key, TValue value, IBufferWriter<byte> file)
        {
            _json.Reset(file);
            JsonSerializer.Serialize(_json, record(key, value), type);
            _json.Flush();
            file.Write("\n"u8);
        }
    }
}

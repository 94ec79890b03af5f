using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Serialization;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Testing;

/// <summary>Writes as a format does, and keeps each record.</summary>
internal sealed class WatchedFormat<TKey, TValue> : OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private const int WriteSize = 4 << 10;

    private readonly OutputFormat<TKey, TValue> _format;
    private readonly WrittenOutput _written;
    private readonly Workspace _workspace;
    private readonly Codec<TKey>? _keys;
    private readonly Codec<TValue>? _values;

    public WatchedFormat(OutputFormat<TKey, TValue> format, WrittenOutput written, Workspace workspace)
    {
        (_format, _written, _workspace, Options) = (format, written, workspace, format.Options);
        try
        {
            (_keys, _values) = (Codec.For<TKey>(), Codec.For<TValue>());
        }
        catch (NotSupportedException none)
        {
            _written.Flaw = none.Message;
        }
    }

    public override string Extension => _format.Extension;

    public override RecordWriter<TKey, TValue> Open() => throw new NotSupportedException("What is watched is the whole file.");

    internal override string PartOf(TaskId task) => _format.PartOf(task);

    internal override PartWriter<TKey, TValue> Open(OutputSink sink, int writeSize)
    {
        var alone = new Alone(_format, _workspace);
        alone.Part.Complete();
        _written.Empty = alone.Bytes;
        return new Part(this, _format.Open(sink, writeSize), sink);
    }

    private void Keep(TKey key, TValue value)
    {
        var alone = new Alone(_format, _workspace);
        alone.Part.Write(key, value);
        alone.Part.Complete();
        _written.Records.Add(new WrittenRecord(alone.Bytes, Encode(_keys, key), Encode(_values, value)));
    }

    private byte[] Encode<T>(Codec<T>? codec, T item)
        where T : allows ref struct
    {
        if (codec is null || _written.Flaw is not null) return [];
        try
        {
            var bytes = new byte[codec.MaxLength(item)];
            return bytes[..codec.Encode(item, bytes)];
        }
        catch (Exception error)
        {
            // A null, for instance, which a file may hold. The codec may be of the job's own, and throw whatever it likes.
            _written.Flaw = error.Message;
            return [];
        }
    }

    private sealed class Part(WatchedFormat<TKey, TValue> format, PartWriter<TKey, TValue> part, OutputSink sink) : PartWriter<TKey, TValue>(sink, format.Options.SkipEmptyParts)
    {
        public override void Write(TKey key, TValue value)
        {
            part.Write(key, value);
            Records = part.Records;
            format.Keep(key, value);
        }

        public override void Stage() => throw new NotSupportedException("A test of a job leaves out no bad records.");

        public override void Abandon() => part.Abandon();

        protected override void Finish() => part.Complete();

        protected override void Flush() { }

        protected override void Forget() { }
    }

    /// <summary>A file of its own.</summary>
    private sealed class Alone : IFileWriter
    {
        private readonly MemoryStream _content = new();

        public Alone(OutputFormat<TKey, TValue> format, Workspace workspace) =>
            Part = format.Open(new OutputSink("record", OutputCompression.None, _ => this, workspace), WriteSize);

        public PartWriter<TKey, TValue> Part { get; }

        public byte[] Bytes => _content.ToArray();

        public long Length => _content.Length;

        public void Write(ReadOnlySpan<byte> bytes) => _content.Write(bytes);

        public void Sync() { }

        public void Dispose() { }
    }
}

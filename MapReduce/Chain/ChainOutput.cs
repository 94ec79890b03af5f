using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Serialization;

namespace MapReduce.Chain;

/// <summary>What a step writes for the next one: records as their codecs encode them.</summary>
internal sealed class ChainOutput<TKey, TValue>(Codec<TKey> keys, Codec<TValue> values) : OutputFormat<TKey, TValue>
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    public override RecordWriter<TKey, TValue> Open() => throw new NotSupportedException("Records between steps have a writer of their own.");

    internal override string PartOf(TaskId task) => OutputNames.Records;

    internal override PartWriter<TKey, TValue> Open(OutputSink sink, int writeSize) => new ChainPart<TKey, TValue>(keys, values, sink);
}

using MapReduce.Map;
using MapReduce.Protocol;
using MapReduce.Serialization;

namespace MapReduce.Chain;

/// <summary>The way of the records of one step into the next.</summary>
/// <param name="steps">The steps that make the records, the last one with the format that is given.</param>
internal sealed class Link<TKey, TValue>(Func<OutputFormat<TKey, TValue>, IReadOnlyList<StepPlan>> steps)
    where TKey : allows ref struct
    where TValue : allows ref struct
{
    private readonly Codec<TKey> _keys = Codec.For<TKey>();
    private readonly Codec<TValue> _values = Codec.For<TValue>();

    /// <summary>The records as the next step reads them, encoded.</summary>
    public Records<ChainedRecord> Records =>
        new(new StepInput(new InputShape(IsSplittable: false, IsText: false), steps(new ChainOutput<TKey, TValue>(_keys, _values))), new FormatFlow<ChainedRecord>(new ChainInput()));

    public TKey Key(ChainedRecord record) => _keys.Decode(record.Key);

    public TValue Value(ChainedRecord record) => _values.Decode(record.Value);
}

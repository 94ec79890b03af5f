using MapReduce.Counters;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>Runs a general combiner: any function from the values of a key to fewer of them.</summary>
internal sealed unsafe class GroupCombiner<TKey, TKeyCodec, TValue, TValueCodec>(
    CombineKey<TKey, TValue> combine, AttemptCounters counters) : RunCombiner
    where TKey : allows ref struct
    where TKeyCodec : struct, ICodec<TKey>
    where TValueCodec : struct, ICodec<TValue>
{
    private byte[] _encoded = new byte[256];

    public override void Combine(RecordStream sorted, RunWriter output)
    {
        var groups = new GroupReader<TKey, TKeyCodec, TValue, TValueCodec>(sorted);
        var values = new OnePass<TValue>(groups);
        while (groups.MoveToNextKey())
        {
            foreach (var value in combine(groups.Key, values.Rewind()))
            {
                Write(groups.EncodedKey, value, output);
                counters.CombineOutputRecords++;
            }
        }

        counters.CombineInputRecords += groups.Records;
    }

    private void Write(ReadOnlySpan<byte> key, TValue value, RunWriter output)
    {
        var most = TValueCodec.MaxLength(value);
        if (_encoded.Length < most) _encoded = new byte[Math.Max(most, _encoded.Length * 2)];
        var length = TValueCodec.Encode(value, _encoded);
        fixed (byte* keyStart = key, valueStart = _encoded) output.Append(keyStart, key.Length, valueStart, length);
    }
}

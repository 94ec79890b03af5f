using MapReduce.Counters;
using MapReduce.Serialization;
using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>Folds the values of equal keys that stand next to each other.</summary>
internal sealed unsafe class FoldCombiner<TValue, TValueCodec, TFold>(TFold fold, AttemptCounters counters) : RunCombiner
    where TValue : unmanaged
    where TValueCodec : struct, ICodec<TValue>
    where TFold : struct, IFold<TValue>
{
    public override void Combine(RecordStream sorted, RunWriter output)
    {
        if (!sorted.MoveNext()) return;
        var key = new byte[256];
        Span<byte> encoded = stackalloc byte[64];
        long read = 1;
        for (var more = true; more;)
        {
            if (key.Length < sorted.KeyLength) key = new byte[sorted.KeyLength * 2];
            var current = key.AsSpan(0, sorted.KeyLength);
            sorted.KeySpan.CopyTo(current);
            var value = TValueCodec.Decode(sorted.ValueSpan);
            for (; (more = sorted.MoveNext()) && sorted.KeySpan.SequenceEqual(current); read++) value = fold.Fold(value, TValueCodec.Decode(sorted.ValueSpan));
            if (more) read++;
            if (encoded.Length < TValueCodec.MaxLength(value)) encoded = new byte[TValueCodec.MaxLength(value)];
            var length = TValueCodec.Encode(value, encoded);
            fixed (byte* keyStart = key, valueStart = encoded) output.Append(keyStart, current.Length, valueStart, length);
            counters.CombineOutputRecords++;
        }

        counters.CombineInputRecords += read;
    }
}

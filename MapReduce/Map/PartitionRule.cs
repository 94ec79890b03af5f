using MapReduce.Serialization;

namespace MapReduce.Map;

/// <summary>A job's own way to partition, before the codec of the key and the number of partitions are known.</summary>
internal abstract class PartitionRule<TKey>
    where TKey : allows ref struct
{
    public abstract Partitioner Create<TKeyCodec>(int count)
        where TKeyCodec : struct, ICodec<TKey>;
}

/// <summary>Spreads what a function takes from the keys evenly: keys that are equal in it stay together.</summary>
internal sealed class PartRule<TKey, TPart, TPartCodec>(Func<TKey, TPart> part) : PartitionRule<TKey>
    where TKey : allows ref struct
    where TPartCodec : struct, ICodec<TPart>
{
    public override Partitioner Create<TKeyCodec>(int count) => new Part<TKeyCodec>(part, count);

    private sealed class Part<TKeyCodec>(Func<TKey, TPart> part, int count) : Partitioner(count)
        where TKeyCodec : struct, ICodec<TKey>
    {
        private byte[] _encoded = new byte[64];

        public override int Of(ReadOnlySpan<byte> key)
        {
            var value = part(TKeyCodec.Decode(key));
            var most = TPartCodec.MaxLength(value);
            if (_encoded.Length < most) _encoded = new byte[most * 2L < Array.MaxLength ? most * 2 : most];
            return KeyHash.Partition(KeyHash.Of(_encoded.AsSpan(0, TPartCodec.Encode(value, _encoded))), Count);
        }
    }
}

/// <summary>Asks a function for the number of the partition.</summary>
internal sealed class ChosenRule<TKey>(Func<TKey, int, int> choose) : PartitionRule<TKey>
    where TKey : allows ref struct
{
    public override Partitioner Create<TKeyCodec>(int count) => new Chosen<TKeyCodec>(choose, count);

    private sealed class Chosen<TKeyCodec>(Func<TKey, int, int> choose, int count) : Partitioner(count)
        where TKeyCodec : struct, ICodec<TKey>
    {
        public override int Of(ReadOnlySpan<byte> key)
        {
            var partition = choose(TKeyCodec.Decode(key), Count);
            if ((uint)partition >= (uint)Count)
                throw new InvalidOperationException($"The partitioner gave {partition} for a key; there are {Count} reduce tasks, from 0 to {Count - 1}.");
            return partition;
        }
    }
}

/// <summary>Finds the codec of what keys are partitioned by.</summary>
internal static class PartitionRule
{
    /// <exception cref="NotSupportedException">What the keys are partitioned by is of a type without a codec.</exception>
    public static PartitionRule<TKey> By<TKey, TPart>(Func<TKey, TPart> part)
        where TKey : allows ref struct =>
        Codec.For<TPart>().Accept(new Visitor<TKey, TPart>(part));

    private sealed class Visitor<TKey, TPart>(Func<TKey, TPart> part) : ICodecVisitor<TPart, PartitionRule<TKey>>
        where TKey : allows ref struct
    {
        public PartitionRule<TKey> Visit<TCodec>()
            where TCodec : struct, ICodec<TPart> => new PartRule<TKey, TPart, TCodec>(part);
    }
}

using System.Buffers.Binary;

namespace MapReduce.Scheduling;

/// <summary>The coordinator's randomness: one seeded source, safe for concurrent use.</summary>
internal sealed class Chance(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>64 random bits.</summary>
    public ulong Nonce()
    {
        Span<byte> bytes = stackalloc byte[8];
        lock (_lock) random.NextBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>0 to below 1.</summary>
    public double Jitter()
    {
        lock (_lock) return random.NextDouble();
    }
}

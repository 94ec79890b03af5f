using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace MapReduce.Shuffle;

/// <summary>What readers of map outputs must show, by job: known from the job's leases. Safe for concurrent use.</summary>
public sealed class ShuffleSecrets
{
    private readonly ConcurrentDictionary<string, byte[]> _hashes = new(StringComparer.Ordinal);

    /// <summary>Learns a job's secret.</summary>
    public void Learn(string jobId, string secret) => _hashes.GetOrAdd(jobId, static (_, secret) => Hash(secret), secret);

    /// <summary>Forgets a job that has ended.</summary>
    public void Forget(string jobId) => _hashes.TryRemove(jobId, out _);

    /// <summary>True when the text is the job's secret; takes the same time whatever differs.</summary>
    public bool Accepts(string jobId, string? shown) =>
        _hashes.TryGetValue(jobId, out var expected) & shown is not null
        && CryptographicOperations.FixedTimeEquals(Hash(shown!), expected);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

namespace MapReduce.Remote;

/// <summary>
/// The masters of a cluster, any of which can answer: one is asked until it fails, then the next. Safe for concurrent use.
/// </summary>
public sealed class MasterAddresses
{
    private readonly Uri[] _addresses;
    private int _current;

    private MasterAddresses(Uri[] addresses) => _addresses = addresses;

    /// <summary>The one to ask now.</summary>
    public Uri Current => _addresses[Volatile.Read(ref _current)];

    /// <summary>True when all of them are on this machine: what is told to any of them stays here.</summary>
    public bool AreLocal => Array.TrueForAll(_addresses, static address => address.IsLoopback);

    /// <summary>Reads addresses as people write them: absolute http or https URLs, separated by commas.</summary>
    /// <exception cref="FormatException">One is no such URL, or there is none.</exception>
    public static MasterAddresses Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new FormatException("No address of a master is given: write one like http://127.0.0.1:5080.");
        return new MasterAddresses([.. parts.Select(ParseOne)]);
    }

    /// <summary>Leaves an address that failed. Callers that failed together leave it once.</summary>
    public void MoveOnFrom(Uri failed)
    {
        var current = Volatile.Read(ref _current);
        if (_addresses[current] == failed) Interlocked.CompareExchange(ref _current, (current + 1) % _addresses.Length, current);
    }

    /// <summary>As they were written.</summary>
    public override string ToString() => string.Join(", ", _addresses.Select(address => address.OriginalString));

    private static Uri ParseOne(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new FormatException($"'{text}' is not the address of a master: write an absolute URL like http://127.0.0.1:5080.");
}

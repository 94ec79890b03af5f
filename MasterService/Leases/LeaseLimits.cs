using MapReduce.MasterService.Http;

namespace MapReduce.MasterService.Leases;

/// <summary>What one request of a worker may hold, so that none keeps the store busy for long.</summary>
internal static class LeaseLimits
{
    /// <summary>Leases granted at once.</summary>
    public const int MostLeases = 1_024;

    /// <summary>Attempts named in one request.</summary>
    public const int MostItems = 10_000;

    public static void Check(int leases, int items)
    {
        if (leases is < 0 or > MostLeases) throw RequestException.Wrong($"max is {leases}: use 0 to {MostLeases}.");
        Check(items);
    }

    public static void Check(int items)
    {
        if (items > MostItems) throw RequestException.Wrong($"The request names {items} attempts (limit {MostItems}): send several requests.");
    }
}

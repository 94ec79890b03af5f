namespace MapReduce.Shuffle;

/// <summary>Limits of the fetches of one worker.</summary>
public sealed record RemoteShuffleOptions
{
    /// <summary>Requests under way at a time, over all attempts of the worker, each with 256 KiB of memory; at least 1, default 4.</summary>
    public int ParallelFetches { get; init; } = 4;

    /// <summary>How long a worker that serves may be silent, at the start of an answer or within it; default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True to fetch over HTTP what could be read as a file on this host, for tests and benchmarks. Default false.</summary>
    public bool AlwaysOverHttp { get; init; }
}

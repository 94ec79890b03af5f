namespace MapReduce.Remote;

/// <summary>How a program reaches a cluster.</summary>
public sealed record ClusterClientOptions
{
    /// <summary>The masters of the cluster.</summary>
    public required MasterAddresses Masters { get; init; }

    /// <summary>A token of role submit, or of role read for a program that only looks; null (the default) when the masters ask for none.</summary>
    public string? Token { get; init; }

    /// <summary>How long a call is tried again while no master can answer; default 30 s, zero for one try.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one who follows a job waits for a master that has gone; default 10 min. The job itself does not wait.</summary>
    public TimeSpan FollowPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock of the time limits; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Sends the requests, and is not disposed by the client; null (the default) for one with a connection pool of its own.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Names the masters, not the token.</summary>
    public override string ToString() => $"cluster at {Masters}";
}

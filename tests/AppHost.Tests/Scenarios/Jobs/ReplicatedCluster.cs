namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Two masters over one Redis, and workers that know both, fetch every map output over HTTP, and run programs of others.</summary>
public sealed class ReplicatedCluster : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync(
        slots: 2, masters: 2, ("MapReduce__Worker__AlwaysFetchOverHttp", "true"), ("MapReduce__AllowUserCode", "true"), ("MapReduce__Worker__AllowUserCode", "true"));

    /// <inheritdoc/>
    public Task DisposeAsync() => Cluster.DisposeAsync();
}

/// <summary>Tests on one such cluster run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedReplicatedCluster : ICollectionFixture<ReplicatedCluster>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "replicated cluster";
}

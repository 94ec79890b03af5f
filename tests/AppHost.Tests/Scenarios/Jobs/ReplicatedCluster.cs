namespace AppHost.Tests.Scenarios.Jobs;

/// <summary>Two masters over one Redis, and workers that know both and fetch every map output over HTTP.</summary>
public sealed class ReplicatedCluster : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync(slots: 2, masters: 2, ("MapReduce__Worker__AlwaysFetchOverHttp", "true"));

    /// <inheritdoc/>
    public Task DisposeAsync() => Cluster.DisposeAsync();
}

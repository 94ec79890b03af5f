using System.Globalization;
using MapReduce.AppHost.Aspire.Publishing;

namespace MapReduce.AppHost.Aspire;

/// <summary>The cluster as an application model: Redis, the master, the workers, and how they know of each other.</summary>
internal static class ClusterModel
{
    // Every container has a network of its own.
    private const int ContainerPort = 8080;

    private const int ProbeSeconds = 5;

    /// <summary>Adds all that <paramref name="options"/> ask for.</summary>
    public static Cluster AddCluster(this IDistributedApplicationBuilder builder, ClusterOptions options)
    {
        var tokens = new ClusterTokens(builder);
        var redis = RedisModel.Add(builder, options.Redis);
        var master = AddMaster(builder, options, tokens);
        if (redis is not null) master.WithReference(redis).WaitFor(redis);
        var cluster = new Cluster(redis, master, AddWorkers(builder, options, tokens, master), tokens);
        if (builder.ExecutionContext.IsPublishMode) Publish(builder, cluster, options);
        return cluster;
    }

    private static IResourceBuilder<ProjectResource> AddMaster(IDistributedApplicationBuilder builder, ClusterOptions options, ClusterTokens tokens)
    {
        var master = AddService<Projects.MasterService>(builder, "master", options.Port)
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint("http", url => url.DisplayText = "MapReduce")
            .WithEnvironment("MapReduce__Tokens__Submit", tokens.Submit)
            .WithEnvironment("MapReduce__Tokens__Worker", tokens.Worker)
            .WithEnvironment("MapReduce__Tokens__Read", tokens.Read)
            .WithDrainCommands(tokens.Submit.Resource);
        if (options.DataFolder is { } folder) master.WithEnvironment("MapReduce__DataFolder", Path.Combine(folder, "master"));
        return master;
    }

    private static IResourceBuilder<ProjectResource> AddWorkers(
        IDistributedApplicationBuilder builder, ClusterOptions options, ClusterTokens tokens, IResourceBuilder<ProjectResource> master)
    {
        var workers = AddService<Projects.WorkerService>(builder, "worker", port: null)
            .WithReference(master)
            .WaitFor(master)
            .WithReplicas(options.Workers)
            .WithEnvironment("MapReduce__Worker__Token", tokens.Worker);
        if (options.Slots is { } slots) workers.WithEnvironment("MapReduce__Worker__Slots", slots.ToString(CultureInfo.InvariantCulture));
        if (options.DataFolder is { } folder) workers.WithEnvironment("MapReduce__Worker__WorkDirectory", Path.Combine(folder, "workers"));
        return workers;
    }

    // A launch profile would add an https endpoint, which becomes a service without a certificate when it is published.
    private static IResourceBuilder<ProjectResource> AddService<TProject>(IDistributedApplicationBuilder builder, string name, int? port)
        where TProject : IProjectMetadata, new() => builder
        .AddProject<TProject>(name, project => project.ExcludeLaunchProfile = true)
        .WithHttpEndpoint(port, targetPort: builder.ExecutionContext.IsPublishMode ? ContainerPort : null)
        // A worker whose tasks use every processor answers late, and must not be killed for it.
        .WithHttpProbe(ProbeType.Readiness, "/health", timeoutSeconds: ProbeSeconds)
        .WithHttpProbe(ProbeType.Liveness, "/alive", timeoutSeconds: ProbeSeconds, failureThreshold: 6);

    private static void Publish(IDistributedApplicationBuilder builder, Cluster cluster, ClusterOptions options)
    {
        SharedFolders.Configure(cluster);
        if (options.Target == PublishTarget.Compose) ComposeTarget.Add(builder, cluster, options.Workers);
        else KubernetesTarget.Add(builder, cluster);
    }
}

/// <summary>The parts of the model.</summary>
/// <param name="Redis">Null when the master keeps the leases in memory.</param>
/// <param name="Master">The one that is called from outside.</param>
/// <param name="Workers">All replicas.</param>
/// <param name="Tokens">Who may do what.</param>
internal sealed record Cluster(
    IResourceBuilder<IResourceWithConnectionString>? Redis,
    IResourceBuilder<ProjectResource> Master,
    IResourceBuilder<ProjectResource> Workers,
    ClusterTokens Tokens);

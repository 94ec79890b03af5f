using System.Globalization;
using MapReduce.AppHost.Aspire.Publishing;
using MapReduce.AppHost.Portable.Data;

namespace MapReduce.AppHost.Aspire;

/// <summary>The cluster as an application model: Redis, the master, the workers, and how they know of each other.</summary>
internal static class ClusterModel
{
    // Every container has a network of its own.
    private const int ContainerPort = 8080;

    private const int ProbeSeconds = 5;

    /// <summary>Adds all that <paramref name="options"/> ask for.</summary>
    /// <param name="builder">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="data">The open data folder of a run; null when the model is only published.</param>
    public static Cluster AddCluster(this IDistributedApplicationBuilder builder, ClusterOptions options, DataFolder? data)
    {
        var tokens = new ClusterTokens(builder, data is null ? null : Tokens.Of(data));
        var redis = RedisModel.Add(builder, options.Redis);
        var master = AddMaster(builder, options.Port, tokens);
        if (redis is not null) master.WithReference(redis).WaitFor(redis);
        var cluster = new Cluster(redis, master, AddWorkers(builder, options, tokens, master));
        if (data is null) Publish(builder, cluster, options);
        else Place(cluster, data);
        return cluster;
    }

    private static IResourceBuilder<ProjectResource> AddMaster(IDistributedApplicationBuilder builder, int port, ClusterTokens tokens) =>
        AddService<Projects.MasterService>(builder, "master", port)
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint("http", url => url.DisplayText = "MapReduce")
            .WithEnvironment("MapReduce__Tokens__Submit", tokens.Submit)
            .WithEnvironment("MapReduce__Tokens__Worker", tokens.Worker)
            .WithEnvironment("MapReduce__Tokens__Read", tokens.Read)
            .WithDrainCommands(tokens.Submit.Resource);

    private static IResourceBuilder<ProjectResource> AddWorkers(
        IDistributedApplicationBuilder builder, ClusterOptions options, ClusterTokens tokens, IResourceBuilder<ProjectResource> master)
    {
        var workers = AddService<Projects.WorkerService>(builder, "worker", port: null)
            .WithReference(master)
            .WaitFor(master)
            .WithReplicas(options.Workers)
            .WithEnvironment("MapReduce__Worker__Token", tokens.Worker);
        if (options.Slots is { } slots) workers.WithEnvironment("MapReduce__Worker__Slots", slots.ToString(CultureInfo.InvariantCulture));
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

    private static void Place(Cluster cluster, DataFolder data)
    {
        cluster.Master.WithEnvironment("MapReduce__DataFolder", data.Master);
        cluster.Workers.WithEnvironment("MapReduce__Worker__WorkDirectory", data.Workers);
    }

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
internal sealed record Cluster(
    IResourceBuilder<IResourceWithConnectionString>? Redis,
    IResourceBuilder<ProjectResource> Master,
    IResourceBuilder<ProjectResource> Workers);

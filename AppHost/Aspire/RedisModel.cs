namespace MapReduce.AppHost.Aspire;

/// <summary>Where the leases are kept.</summary>
internal static class RedisModel
{
    /// <summary>The name of the resource, and of the connection string that the master is given.</summary>
    public const string Name = "redis";

    /// <summary>The volume with Redis's data.</summary>
    public const string Volume = "redis-data";

    // A restarted Redis must know the leases of the second in which it died; snapshots alone are up to a minute old.
    private static readonly string[] AppendOnly = ["--appendonly", "yes", "--maxmemory-policy", "noeviction"];

    /// <returns>Null for none.</returns>
    public static IResourceBuilder<IResourceWithConnectionString>? Add(IDistributedApplicationBuilder builder, RedisSource source) => source switch
    {
        RedisSource.Container => AddContainer(builder),
        RedisSource.ConnectionString => builder.AddConnectionString(Name),
        _ => null,
    };

    private static IResourceBuilder<RedisResource> AddContainer(IDistributedApplicationBuilder builder) => builder
        .AddRedis(Name)
        // In a run the name tells the checkouts of this project apart; what is published stands alone.
        .WithDataVolume(builder.ExecutionContext.IsPublishMode ? Volume : null)
        .WithArgs(context =>
        {
            // Published, the whole command is one argument of a shell.
            if (context.ExecutionContext.IsPublishMode) context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', AppendOnly)}";
            else foreach (var argument in AppendOnly) context.Args.Add(argument);
        });
}

namespace MapReduce.AppHost.Aspire;

/// <summary>
/// The bearer tokens of the roles, as secret parameters. A run makes new ones, unless <c>Parameters:submit-token</c> and so
/// on are configured; what is published asks for them.
/// </summary>
internal sealed class ClusterTokens(IDistributedApplicationBuilder builder)
{
    // 43 characters of 62 are 256 bits.
    private const int Length = 43;

    /// <summary>For those who submit and manage jobs.</summary>
    public IResourceBuilder<ParameterResource> Submit { get; } = Add(builder, "submit-token");

    /// <summary>For workers.</summary>
    public IResourceBuilder<ParameterResource> Worker { get; } = Add(builder, "worker-token");

    /// <summary>For those who only look.</summary>
    public IResourceBuilder<ParameterResource> Read { get; } = Add(builder, "read-token");

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = Length, Special = false }, secret: true);
}

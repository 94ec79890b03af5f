using MapReduce.AppHost.Portable.Data;

namespace MapReduce.AppHost.Aspire;

/// <summary>
/// The bearer tokens of the roles, as secret parameters. In a run they are those of the data folder, where the command line
/// finds them, too; what is published asks for them.
/// </summary>
/// <param name="builder">The model.</param>
/// <param name="known">The tokens of the data folder; null when there is none.</param>
internal sealed class ClusterTokens(IDistributedApplicationBuilder builder, Tokens? known)
{
    // 43 characters of 62 are 256 bits.
    private const int Length = 43;

    /// <summary>For those who submit and manage jobs.</summary>
    public IResourceBuilder<ParameterResource> Submit { get; } = Add(builder, "submit-token", known?.Submit);

    /// <summary>For workers.</summary>
    public IResourceBuilder<ParameterResource> Worker { get; } = Add(builder, "worker-token", known?.Worker);

    /// <summary>For those who only look.</summary>
    public IResourceBuilder<ParameterResource> Read { get; } = Add(builder, "read-token", known?.Read);

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, string name, string? known) => known is null
        ? builder.AddParameter(name, new GenerateParameterDefault { MinLength = Length, Special = false }, secret: true)
        : builder.AddParameter(name, known, secret: true);
}

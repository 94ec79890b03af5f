using AppHost.Tests.Support;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MapReduce.AppHost.Aspire;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppHost.Tests.Aspire;

/// <summary>The model is built and looked at; nothing is started, and no container runtime is needed.</summary>
public sealed class ClusterModelTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Workers_Replicas_AreAsManyAsAskedFor()
    {
        await using var builder = await BuildAsync("--workers", "5");
        Assert.Equal(5, Resource(builder, "worker").GetReplicaCount());
    }

    [Fact]
    public async Task Workers_Environment_KnowsTheMaster()
    {
        await using var builder = await BuildAsync();
        Assert.Equal("{master.bindings.http.url}", (await EnvironmentAsync(builder, "worker"))["services__master__http__0"]);
    }

    [Fact]
    public async Task Workers_Environment_HoldsNoRedisCredentials()
    {
        await using var builder = await BuildAsync();
        Assert.DoesNotContain(await EnvironmentAsync(builder, "worker"), entry => $"{entry.Key}={entry.Value}".Contains("redis", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Workers_Token_IsTheirRolesOnly()
    {
        await using var builder = await BuildAsync();
        var environment = await EnvironmentAsync(builder, "worker");
        Assert.Equal("{worker-token.value}", environment["MapReduce__Worker__Token"]);
        Assert.DoesNotContain(environment.Values, value => value.Contains("submit-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Master_Environment_KnowsRedisAndAllTokens()
    {
        await using var builder = await BuildAsync();
        var environment = await EnvironmentAsync(builder, "master");
        Assert.Equal("{redis.connectionString}", environment["ConnectionStrings__redis"]);
        Assert.Equal(
            ["{read-token.value}", "{submit-token.value}", "{worker-token.value}"],
            environment.Where(entry => entry.Key.StartsWith("MapReduce__Tokens__", StringComparison.Ordinal)).Select(entry => entry.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Master_WithoutRedis_HasNoConnectionString()
    {
        await using var builder = await BuildAsync("--redis", "none");
        Assert.DoesNotContain("ConnectionStrings__redis", (await EnvironmentAsync(builder, "master")).Keys);
    }

    [Fact]
    public async Task Redis_WithConnectionString_IsNoContainer()
    {
        await using var builder = await BuildAsync("--ConnectionStrings:redis", "localhost:6379");
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
    }

    [Theory]
    [InlineData(DistributedApplicationOperation.Run)]
    [InlineData(DistributedApplicationOperation.Publish)]
    public async Task Redis_Container_AppendsToAFileAndNeverEvicts(DistributedApplicationOperation operation)
    {
        await using var builder = await BuildAsync();
        var configuration = await ConfigurationAsync(Resource(builder, "redis"), operation);
        var command = string.Join(' ', configuration.Arguments.Select(argument => argument.Value));
        Assert.Matches("redis-server .* --appendonly yes --maxmemory-policy noeviction$", command);
    }

    [Theory]
    [InlineData("master")]
    [InlineData("worker")]
    public async Task Services_Endpoints_AreOneOfHttp(string service)
    {
        await using var builder = await BuildAsync();
        Assert.Equal(["http"], Resource(builder, service).Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name));
    }

    [Fact]
    public async Task Tokens_OfARun_AreThoseOfTheDataFolder()
    {
        await using var builder = await BuildAsync();
        var token = await ((ParameterResource)Resource(builder, "submit-token")).GetValueAsync(CancellationToken.None);
        Assert.Equal(token, (await File.ReadAllTextAsync(_data.Below("token"))).Trim());
    }

    [Fact]
    public async Task Tokens_AreSecret()
    {
        await using var builder = await BuildAsync();
        Assert.All(builder.Resources.OfType<ParameterResource>(), parameter => Assert.True(parameter.Secret, parameter.Name));
    }

    private async Task<IDistributedApplicationTestingBuilder> BuildAsync(params string[] args) =>
        await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([.. args, "--data", _data.Path]).WaitAsync(Limit);

    private static IResource Resource(IDistributedApplicationTestingBuilder builder, string name) => builder.Resources.Single(resource => resource.Name == name);

    // As it would be published: nothing has an address yet, and what refers to another resource says so.
    private static async Task<Dictionary<string, string>> EnvironmentAsync(IDistributedApplicationTestingBuilder builder, string name) =>
        (await ConfigurationAsync(Resource(builder, name), DistributedApplicationOperation.Publish)).EnvironmentVariables.ToDictionary();

    private static async Task<IExecutionConfigurationResult> ConfigurationAsync(IResource resource, DistributedApplicationOperation operation) =>
        await ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig().WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(operation), NullLogger.Instance).WaitAsync(Limit);
}

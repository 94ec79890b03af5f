using MapReduce.AppHost.Aspire;
using Microsoft.Extensions.Configuration;

namespace AppHost.Tests.Aspire;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void Parse_Nothing_IsTwoWorkersAndARedisContainer()
    {
        var options = Parse([]);
        Assert.Equal((2, 5080, RedisSource.Container), (options.Workers, options.Port, options.Redis));
    }

    [Fact]
    public void Parse_Numbers_AreTaken()
    {
        var options = Parse(["--workers", "5", "--slots=3", "--port", "7000"]);
        Assert.Equal((5, 3, 7000), (options.Workers, options.Slots, options.Port));
    }

    [Fact]
    public void Parse_ConnectionString_IsTheRedis() =>
        Assert.Equal(RedisSource.ConnectionString, Parse([], connectionString: "localhost:6379").Redis);

    [Fact]
    public void Parse_RedisNone_WinsOverTheConnectionString() =>
        Assert.Equal(RedisSource.None, Parse(["--redis", "none"], connectionString: "localhost:6379").Redis);

    [Theory]
    [InlineData("--workers", "-1")]
    [InlineData("--slots", "0")]
    [InlineData("--port", "x")]
    [InlineData("--redis", "/usr/bin/redis-server")]
    [InlineData("--target", "swarm")]
    public void Parse_WrongValue_IsRefusedByName(string option, string value)
    {
        var refused = Assert.Throws<ArgumentException>(() => Parse([option, value]));
        Assert.StartsWith($"{option} is '{value}': give ", refused.Message, StringComparison.Ordinal);
    }

    private static ClusterOptions Parse(string[] args, string? connectionString = null) => ClusterOptions.Parse(
        args, new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:redis", connectionString)]).Build());
}

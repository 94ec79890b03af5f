using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Tests.Support;

namespace ServiceDefaults.Tests.Logging;

public sealed class LogLevelTests
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Fact]
    public async Task Requests_ByDefault_AreNotLogged() => Assert.False(await IsLoggedAsync([]));

    [Fact]
    public async Task Requests_AskedFor_AreLogged() =>
        Assert.True(await IsLoggedAsync(new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information" }));

    private static async Task<bool> IsLoggedAsync(Dictionary<string, string> settings)
    {
        // Without a provider that takes everything nothing is enabled.
        await using var service = await TestService.StartAsync(settings, builder => builder.Logging.AddConsole());
        return service.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Requests).IsEnabled(LogLevel.Information);
    }
}

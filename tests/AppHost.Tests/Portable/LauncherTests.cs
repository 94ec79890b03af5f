using AppHost.Tests.Support;

namespace AppHost.Tests.Portable;

/// <summary>The launcher with real services and a real Redis.</summary>
public sealed class LauncherTests
{
    private static readonly ClusterOptions Small = new(Workers: 1, Slots: 1);

    [Fact]
    public async Task Start_Ready_EveryServiceIsHealthy()
    {
        await using var cluster = await PortableCluster.StartAsync(Small with { Workers = 2 });
        using var client = cluster.CreateClient();
        Assert.Equal("OK", (await client.GetAsync("/health")).StatusCode.ToString());
        Assert.Equal(["master", "redis", "worker-1", "worker-2"], cluster.Services().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Ready_SaysHowToSubmit()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        Assert.Contains($"--master {cluster.Masters[0].ToString().TrimEnd('/')} --token-file {cluster.TokenFile}", cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutRedis_SaysSo()
    {
        using var home = new TemporaryDirectory();
        await using var launcher = Start(home.Below("data"), "--port", "0", "--redis", "none");
        await launcher.WaitForLineAsync("Redis      none: leases in the master's memory");
    }

    [Fact]
    public async Task Start_Tokens_AreReadableByTheOwnerOnly()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cluster.TokenFile));
    }

    [Fact]
    public async Task Start_Secrets_AreOnNoCommandLineAndInNoLog()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        var seen = string.Join('\n', cluster.Services().Values.Select(pid => File.ReadAllText($"/proc/{pid}/cmdline"))) + cluster.Output;
        Assert.All(["submit", "worker", "read"], role => Assert.DoesNotContain(cluster.Token(role), seen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_DataFolderInUse_IsRefused()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        await using var second = Start(cluster.DataFolder);
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"the data folder {cluster.DataFolder} is in use by another AppHost", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_IsRefused()
    {
        using var home = new TemporaryDirectory();
        await using var cluster = await PortableCluster.StartAsync(Small);
        await using var second = Start(home.Below("data"), "--port", $"{cluster.Masters[0].Port}");
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"port {cluster.Masters[0].Port} is taken", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MasterRefusesItsConfiguration_FailsInsteadOfRepeating()
    {
        using var home = new TemporaryDirectory();
        await using var launcher = Start(home.Below("data"), new Dictionary<string, string> { ["MapReduce__History__Jobs"] = "0" });
        Assert.Equal(1, await launcher.ExitAsync());
        Assert.Contains("before it was ready", launcher.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("worker-1")]
    [InlineData("master")]
    [InlineData("redis")]
    public async Task Service_Killed_IsStartedAgain(string service)
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        var pid = cluster.Services()[service];
        Signals.Send("KILL", pid);
        await cluster.RestartedAsync(service, pid);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stop_BySignal_EndsEveryService(string signal)
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        var services = cluster.Services();
        Signals.Send(signal, cluster.LauncherPid);
        Assert.Equal(0, await cluster.ExitAsync());
        Assert.DoesNotContain(services, service => Signals.IsAlive(service.Value));
    }

    [Fact]
    public async Task Stop_BySignal_KillsNobody()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        await cluster.StopLauncherAsync();
        Assert.DoesNotContain("is killed", cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Always_LetsWorkersGoBeforeTheMasterAndRedisLast()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        await cluster.StopLauncherAsync();
        var (worker, master, redis) = (At("worker-1  | info: Microsoft.Hosting.Lifetime[0] Application is shutting down"),
            At("master    | info: Microsoft.Hosting.Lifetime[0] Application is shutting down"), At("User requested shutdown"));
        Assert.True(0 < worker && worker < master && master < redis, cluster.Output);

        int At(string text) => cluster.Output.IndexOf(text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_Killed_LeavesNoService()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        var services = cluster.Services();
        await cluster.KillLauncherAsync();
        await Eventually.HoldsAsync(() => !services.Values.Any(Signals.IsAlive), $"processes {string.Join(", ", services.Values)} are gone");
    }

    [Fact]
    public async Task Launcher_KilledAndStartedAtOnce_RunsAgain()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        await cluster.KillLauncherAsync();
        await cluster.StartLauncherAsync();
        Assert.Contains("the cluster is ready", cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_StartedAgain_KeepsRedisDataAndTokens()
    {
        await using var cluster = await PortableCluster.StartAsync(Small);
        var token = cluster.Token("submit");
        Assert.Equal("+OK", await LauncherRedis.AskAsync(cluster, "SET kept yes"));
        await cluster.StopLauncherAsync();
        await cluster.StartLauncherAsync();
        Assert.Equal(("$3", token), (await LauncherRedis.AskAsync(cluster, "GET kept"), cluster.Token("submit")));
    }

    private static KeptProgram Start(string data, params string[] more) =>
        KeptProgram.Start(["dotnet", Checkout.AppHost, "--data", data, "--workers", "1", .. more]);

    private static KeptProgram Start(string data, IReadOnlyDictionary<string, string> environment) =>
        KeptProgram.Start(["dotnet", Checkout.AppHost, "--data", data, "--workers", "1", "--port", "0"], environment);
}

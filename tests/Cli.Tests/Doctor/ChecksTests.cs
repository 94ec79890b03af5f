using System.Net;
using System.Net.Sockets;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Cli.Doctor;

namespace Cli.Tests.Doctor;

public sealed class ChecksTests
{
    [Fact]
    public void Run_UsableDirectories_FindsNothingBroken()
    {
        using var directory = new TemporaryDirectory();
        Assert.DoesNotContain(Checks.Run(directory.Path, directory.Path), finding => finding.Health == Health.Broken);
    }

    [Fact]
    public void Run_Always_LeavesNoProbeBehind()
    {
        using var directory = new TemporaryDirectory();
        Checks.Run(directory.Path, directory.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public void Writable_MissingDirectory_IsBrokenWithAFix()
    {
        using var directory = new TemporaryDirectory();
        var finding = Checks.Writable("directory", Path.Combine(directory.Path, "missing"));
        Assert.Equal(Health.Broken, finding.Health);
        Assert.NotNull(finding.Fix);
    }

    [Fact]
    public void Links_MissingDirectory_AreBroken()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(Health.Broken, Checks.Links(Path.Combine(directory.Path, "missing")).Health);
    }

    [Theory]
    [InlineData(2, 8L << 30, Health.Good)]
    [InlineData(16, 1L << 30, Health.Poor)]
    public void Memory_ForAllWorkers_IsCompared(int processors, long bytes, object health) =>
        Assert.Equal((Health)health, Checks.Memory(processors, bytes).Health);

    [Fact]
    public void Memory_TooLittle_NamesSettingsThatFit() =>
        Assert.Contains("--workers 4 or --memory 64MiB", Checks.Memory(16, 1L << 30).Fix, StringComparison.Ordinal);

    [Fact]
    public void Redis_NotOnPath_IsPoorOnly() => Assert.Equal(Health.Poor, Checks.Redis("", "redis-server").Health);

    [Fact]
    public void Redis_OnPath_SaysWhere()
    {
        using var directory = new TemporaryDirectory();
        var server = directory.File("redis-server", "");
        Assert.Equal(server, Checks.Redis(directory.Path, "redis-server").Text);
    }

    [Fact]
    public void Port_Taken_IsPoorWithAFix()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Assert.NotNull(Checks.Port("port", ((IPEndPoint)taken.LocalEndpoint).Port).Fix);
    }

    [Fact]
    public void Sdk_NotOnPath_IsPoorOnly() => Assert.Equal(Health.Poor, Checks.Sdk("", "dotnet").Health);
}

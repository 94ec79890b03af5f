using MapReduce.WorkerService.Options;
using Microsoft.Extensions.Configuration;

namespace WorkerService.Tests.Options;

public sealed class WorkerOptionsTests
{
    [Fact]
    public void Validate_Defaults_NeedsOnlyAMaster() => Assert.Equal(
        ["MapReduce:Worker:Master: No address of a master is given: write one like http://127.0.0.1:5080."], Problems([]));

    [Fact]
    public void Validate_ManyWrong_NamesAllAtOnce()
    {
        var problems = Problems(new()
        {
            ["Master"] = "ftp://master",
            ["Slots"] = "0",
            ["WorkDirectory"] = "work",
            ["Quota"] = "-1",
            ["ParallelFetches"] = "0",
            ["DrainTimeout"] = "-00:00:01",
            ["Listen"] = "nonsense",
            ["Advertise"] = "http://me",
            ["JobAssemblies:0"] = "jobs.dll",
            ["Roots:0"] = "/no/such/root",
        });
        Assert.Equal(
            ["Master", "Slots", "WorkDirectory", "Quota", "ParallelFetches", "DrainTimeout", "Listen", "Advertise", "JobAssemblies", "Roots"],
            problems.Select(problem => problem.Split(':', ' ')[2]));
    }

    [Fact]
    public void Setup_MasterOfTheAppHost_IsTaken() => Assert.Equal("http://127.0.0.1:5080", Read(new() { ["services:master:http:0"] = "http://127.0.0.1:5080" }).Master);

    [Fact]
    public void Setup_MasterOfItsOwnSection_IsPreferred() => Assert.Equal(
        "http://mine:1", Read(new() { ["services:master:http:0"] = "http://127.0.0.1:5080", ["MapReduce:Worker:Master"] = "http://mine:1" }).Master);

    [Fact]
    public void Setup_NothingSaid_ServesOnLoopback()
    {
        var options = Read([]);
        Assert.Equal(("http://127.0.0.1:0", "127.0.0.1"), (options.Listen, options.Advertise));
    }

    [Fact]
    public void Setup_InAPod_ServesOnAllAddressesAndNamesThePods()
    {
        var options = Read(new() { ["POD_IP"] = "10.1.2.3" });
        Assert.Equal(("http://*:0", "10.1.2.3"), (options.Listen, options.Advertise));
    }

    [Fact]
    public void Setup_ListensOnAllAddresses_NamesThisMachine() =>
        Assert.Equal(System.Net.Dns.GetHostName(), Read(new() { ["MapReduce:Worker:Listen"] = "http://*:7000" }).Advertise);

    private static List<string> Problems(Dictionary<string, string?> section)
    {
        var options = Read(section.ToDictionary(entry => $"MapReduce:Worker:{entry.Key}", entry => entry.Value));
        return [.. new WorkerOptionsValidator().Validate(null, options).Failures ?? []];
    }

    private static WorkerOptions Read(Dictionary<string, string?> configuration)
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection(configuration).Build();
        var options = new WorkerOptions();
        root.GetSection(WorkerOptions.Section).Bind(options);
        new WorkerOptionsSetup(root).PostConfigure(null, options);
        return options;
    }
}

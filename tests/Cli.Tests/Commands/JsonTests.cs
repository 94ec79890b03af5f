using System.Text.Json;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Protocol;

namespace Cli.Tests.Commands;

public sealed class JsonTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Json_Run_WritesProgressThenOneResult()
    {
        Assert.Equal(["progress", "progress", "result"], (await RunAsync()).Select(line => line.GetProperty("event").GetString()));
    }

    [Fact]
    public async Task Json_Progress_HasTasksOfEachKind()
    {
        var first = (await RunAsync())[0];
        Assert.Equal("mapping", first.GetProperty("state").GetString());
        var map = first.GetProperty("tasks").GetProperty("map");
        Assert.Equal("""{"total":8,"running":2,"done":4,"progress":0.5}""", map.GetRawText());
    }

    [Fact]
    public async Task Json_Result_NamesThePartsAndCounters()
    {
        _directory.File("out/part-r-00000", "");
        var result = (await RunAsync())[^1];
        Assert.Equal("succeeded", result.GetProperty("state").GetString());
        Assert.Equal("""["part-r-00000"]""", result.GetProperty("parts").GetRawText());
        Assert.Equal(1000, result.GetProperty("counters").GetProperty("MAP_INPUT_RECORDS").GetInt64());
    }

    [Fact]
    public async Task Json_Run_LeavesStandardErrorToErrors()
    {
        await RunAsync();
        Assert.Equal("", _host.Error.ToString());
    }

    [Fact]
    public async Task Json_Rejected_IsAResultToo()
    {
        _host.Cluster = (_, _, _) => throw new JobRejectedException(["no input at '/a'"]);
        var result = Assert.Single(await LinesAsync());
        Assert.Equal(7, result.GetProperty("exitCode").GetInt32());
        Assert.Equal("""["no input at '/a'"]""", result.GetProperty("errors").GetRawText());
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    private Task<JsonElement[]> RunAsync()
    {
        _host.Cluster = (_, progress, _) =>
        {
            progress!.Report(Statuses.Of(JobState.Mapping, mapProgress: 0.5));
            progress.Report(Statuses.Succeeded);
            return Task.FromResult(Statuses.Succeeded);
        };
        return LinesAsync();
    }

    private async Task<JsonElement[]> LinesAsync()
    {
        await _host.RunAsync("run", "wordcount", "a", "--output", Path.Combine(_directory.Path, "out"), "--json");
        return [.. _host.Out.ToString().TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}

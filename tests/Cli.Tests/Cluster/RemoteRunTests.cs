using System.Net;
using System.Text.Json;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace Cli.Tests.Cluster;

public sealed class RemoteRunTests : ClusterFixture
{
    [Fact]
    public async Task Run_JobSucceeds_SaysWhatAPersonWantsNext()
    {
        Events(Running, Ended(Statuses.Succeeded));
        Assert.Equal(0, await RunAsync());
        Assert.Contains("  wrote     512 B, 1 record in 1 part\n", Host.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("  trace     0af7651916cd43dd8448eb211c80319c\n", Host.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InterruptedAfterTheEnd_IsASuccess()
    {
        Events(Ended(Statuses.Succeeded));
        Master.On("GET /v1/jobs/j1/output", cancellationToken =>
        {
            Host.Interrupt.Fire();
            throw new OperationCanceledException(cancellationToken);
        });
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Run_Submitted_ShowsIdMasterAndTrace()
    {
        Events(Ended(Statuses.Succeeded));
        await RunAsync();
        Assert.StartsWith("job j1 submitted to http://127.0.0.1:5080/\ntrace 0af7651916cd43dd8448eb211c80319c\n", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Followed_ShowsPhasesAsALocalRunDoes()
    {
        Events(Running, Ended(Statuses.Succeeded));
        await RunAsync();
        Assert.Contains("map: 8 tasks, 1.00 GiB\nshuffle+reduce: 2 tasks\ncommitting the output\n", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AllOptions_ReachTheMaster()
    {
        Events(Ended(Statuses.Succeeded));
        await RunAsync(
            "--name", "nightly", "--priority", "50", "--max-attempts", "2", "--max-deaths", "7", "--lease", "3s", "--task-timeout", "5m", "--job-timeout", "2h",
            "--reducers", "4", "--set", "minLength=2");
        var spec = JsonSerializer.Deserialize(Master.Requests.Single(request => request.Line == "POST /v1/jobs").Body, WireJson.Default.SubmitMessage)!.Spec;
        Assert.Equal(("nightly", 50, 2, 7), (spec.Name, spec.Priority, spec.MaxAttempts, spec.MaxDeaths));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)), (spec.Lease, spec.TaskTimeout, spec.JobTimeout));
        Assert.Equal((4, """{"case":"keep","minLength":2}"""), (spec.Reducers, spec.Options));
    }

    [Fact]
    public async Task Run_WorkersKnown_PlansForTheirSlots()
    {
        Events(Ended(Statuses.Succeeded));
        await RunAsync();
        Assert.Equal(3, JsonSerializer.Deserialize(Master.Requests.Single(request => request.Line == "POST /v1/jobs").Body, WireJson.Default.SubmitMessage)!.Spec.Slots);
    }

    [Fact]
    public async Task Run_NoWorker_SaysThatTheJobWaits()
    {
        Master.On("GET /v1/workers", new WorkerListMessage([]), WireJson.Default.WorkerListMessage);
        Events(Ended(Statuses.Succeeded));
        await RunAsync();
        Assert.StartsWith("note: no worker takes tasks now; the job waits for one.\n", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Failed, 1)]
    [InlineData(JobState.Cancelled, 6)]
    public async Task Run_JobEndsOtherwise_IsItsExitCode(JobState state, int exitCode)
    {
        Events(Ended(Statuses.Of(state) with { Error = "task 0-m-00001 failed 4 times" }));
        Assert.Equal(exitCode, await RunAsync());
    }

    [Fact]
    public async Task Run_Rejected_IsExitCode7WithEveryReason()
    {
        Master.On("POST /v1/jobs", HttpStatusCode.BadRequest, """{"reasons":["no input at /a","output /b is outside the roots"]}""");
        Assert.Equal(7, await RunAsync());
        Assert.Equal("error: no input at /a\nerror: output /b is outside the roots\n", Host.Error.ToString());
    }

    [Fact]
    public async Task Run_TokenRefused_IsExitCode7NamingTheRole()
    {
        Master.On("POST /v1/jobs", HttpStatusCode.Forbidden, "{}");
        Assert.Equal(7, await RunAsync());
        Assert.Contains("role 'submit'", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_DetachesAndSaysHowToGoOn()
    {
        var following = EventsHang();
        var run = RunAsync();
        await following.Task;
        Host.Interrupt.Fire();
        Assert.Equal(130, await run);
        Assert.EndsWith(
            "no longer following; the job goes on (again to leave at once)\njob j1 goes on.\n  follow it: mapreduce job wait j1\n  cancel it: mapreduce job cancel j1\n",
            Host.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Master.Requests, request => request.Line.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_MasterNamedByOption_IsNamedInTheHints()
    {
        Host.Environment.Remove("MAPREDUCE_MASTER");
        var following = EventsHang();
        var run = RunAsync("--master", Url);
        await following.Task;
        Host.Interrupt.Fire();
        await run;
        Assert.Contains($"mapreduce job cancel j1 --master {Url}\n", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Json_TellsSubmissionProgressAndResult()
    {
        Events(Running, Ended(Statuses.Succeeded));
        await RunAsync("--json");
        var lines = Host.Out.ToString().TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(["submitted", "progress", "progress", "result"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", lines[^1].GetProperty("traceId").GetString());
        Assert.Equal("""["part-r-00000"]""", lines[^1].GetProperty("parts").GetRawText());
    }

    [Theory]
    [InlineData("--workers", "2")]
    [InlineData("--work-dir", "w")]
    public async Task Run_OptionOfALocalRun_IsExitCode2(string option, string value)
    {
        Assert.Equal(2, await RunAsync(option, value));
        Assert.StartsWith($"error: {option} is for a run in this process", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--priority", "2")]
    [InlineData("--max-deaths", "2")]
    [InlineData("--lease", "2s")]
    public async Task Run_LocallyWithAnOptionOfAClusters_IsExitCode2(string option, string value)
    {
        Host.Environment.Remove("MAPREDUCE_MASTER");
        Assert.Equal(2, await RunAsync(option, value));
        Assert.StartsWith($"error: {option} is for a cluster", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AddressIsNone_IsExitCode2()
    {
        Assert.Equal(2, await RunAsync("--master", "localhost:5080"));
        Assert.StartsWith("error: --master: 'localhost:5080' is not the address of a master", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("submit")]
    public async Task Run_StandardInput_IsRefusedBeforeTheMasterIsAsked(string command)
    {
        Assert.Equal(7, await Host.RunAsync(command, "wordcount", "a", "-", "--output", "/out"));
        Assert.Contains("put the data into a file that they see", Host.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Master.Requests);
    }

    private Task<int> RunAsync(params string[] more) => Host.RunAsync(["run", "wordcount", "a", "--output", "/out", .. more]);
}

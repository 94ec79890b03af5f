using System.Net;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace Cli.Tests.Cluster;

public sealed class JobCommandTests : ClusterFixture
{
    [Fact]
    public async Task Submit_Accepted_PrintsOnlyTheId()
    {
        Assert.Equal(0, await Host.RunAsync("submit", "wordcount", "a", "--output", "/out"));
        Assert.Equal(("j1\n", ""), (Host.Out.ToString(), Host.Error.ToString()));
    }

    [Fact]
    public async Task Submit_UnknownJob_IsExitCode4()
    {
        Assert.Equal(4, await Host.RunAsync("submit", "wordcuont", "a", "--output", "/out"));
        Assert.Contains("Did you mean 'wordcount'?", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OneJob_ShowsALineBelowTheTitles()
    {
        Master.On("GET /v1/jobs", new JobListMessage([Ended(Statuses.Succeeded)], 1), WireJson.Default.JobListMessage);
        Assert.Equal(0, await Host.RunAsync("job", "list"));
        Assert.Equal("id  name       state      time        output\nj1  wordcount  succeeded  1 min 30 s  /out\n", Host.Out.ToString());
    }

    [Fact]
    public async Task List_MoreThanShown_SaysSo()
    {
        Master.On("GET /v1/jobs", new JobListMessage([Running], 7), WireJson.Default.JobListMessage);
        await Host.RunAsync("job", "list");
        Assert.Equal("1 of 7 jobs; --limit shows more.\n", Host.Error.ToString());
    }

    [Fact]
    public async Task List_Json_IsAnObjectALine()
    {
        Master.On("GET /v1/jobs", new JobListMessage([Running, Running], 2), WireJson.Default.JobListMessage);
        await Host.RunAsync("job", "list", "--json");
        Assert.All(Host.Out.ToString().TrimEnd('\n').Split('\n'), line => Assert.StartsWith("""{"jobId":"j1",""", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_Running_TellsTasksAndNotes()
    {
        Assert.Equal(0, await Host.RunAsync("job", "show", "j1"));
        Assert.Matches("state +mapping 50 %\n", Host.Out.ToString());
        Assert.Matches("map +4 of 8 tasks done, 2 running\n", Host.Out.ToString());
        Assert.Matches("note +2 empty files were left out\n", Host.Out.ToString());
    }

    [Fact]
    public async Task Show_UnknownJob_IsExitCode4()
    {
        Master.On("GET /v1/jobs/j1", HttpStatusCode.NotFound, "{}");
        Assert.Equal(4, await Host.RunAsync("job", "show", "j1"));
        Assert.StartsWith("error: There is no job 'j1'", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NoMasterAnswers_IsExitCode3()
    {
        Assert.Equal(3, await Host.RunAsync("job", "counters", "j1"));
        Assert.StartsWith("error: The master at http://127.0.0.1:5080/ cannot be reached", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NoMasterNamed_IsExitCode2()
    {
        Host.Environment.Remove("MAPREDUCE_MASTER");
        Assert.Equal(2, await Host.RunAsync("job", "show", "j1"));
        Assert.StartsWith("error: no master is named: add --master URL", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_JobEnded_TellsItsOwnTime()
    {
        Events(Ended(Statuses.Succeeded));
        Assert.Equal(0, await Host.RunAsync("job", "wait", "j1"));
        Assert.StartsWith("wordcount succeeded in 1 min 30 s\n", Host.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_TimeIsOver_IsExitCode5()
    {
        EventsHang();
        Assert.Equal(5, await Host.RunAsync("job", "wait", "j1", "--timeout", "10ms"));
        Assert.Contains("error: job j1 has not ended within 0.01 s.\njob j1 goes on.\n", Host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_OfAJob_AreSorted()
    {
        Master.On("GET /v1/jobs/j1/counters", new CountersMessage(new Dictionary<string, long> { ["B"] = 2, ["A"] = 1000 }), WireJson.Default.CountersMessage);
        await Host.RunAsync("job", "counters", "j1");
        Assert.Equal("A  1,000\nB  2\n", Host.Out.ToString());
    }

    [Fact]
    public async Task Logs_OfAJob_TellErrorsInOneLine()
    {
        var failed = new AttemptEvent(1, DateTimeOffset.UnixEpoch, AttemptEventKind.Failed, new TaskId(0, TaskKind.Map, 3), "1.00ff", "w1", "bad\nline");
        Master.On("GET /v1/jobs/j1/attempts", new LedgerView([failed], false), WireJson.Default.LedgerView);
        await Host.RunAsync("job", "logs", "j1");
        Assert.Equal("1970-01-01 00:00:00.000Z  failed       0-m-00003  1.00ff  w1  bad line\n", Host.Out.ToString());
    }

    [Fact]
    public async Task Cancel_InTime_IsExitCode0()
    {
        Master.On("POST /v1/jobs/j1/cancel", new CancelMessage(CancelAnswer.Cancelled), WireJson.Default.CancelMessage);
        Assert.Equal(0, await Host.RunAsync("job", "cancel", "j1"));
    }

    [Fact]
    public async Task Cancel_TooLate_IsExitCode1()
    {
        Master.On("POST /v1/jobs/j1/cancel", new CancelMessage(CancelAnswer.TooLate), WireJson.Default.CancelMessage);
        Assert.Equal(1, await Host.RunAsync("job", "cancel", "j1"));
    }

    [Fact]
    public async Task Retry_WithOverwrite_AsksForItAndPrintsTheNewId()
    {
        Master.On("POST /v1/jobs/j0/retry", Running, WireJson.Default.JobStatus);
        Assert.Equal(0, await Host.RunAsync("job", "retry", "j0", "--overwrite"));
        Assert.Equal(("j1\n", """{"overwrite":true}"""), (Host.Out.ToString(), Master.Requests[0].Body));
    }

    [Fact]
    public async Task WorkerList_OneWorker_ShowsIt()
    {
        Assert.Equal(0, await Host.RunAsync("worker", "list"));
        Assert.Equal("id  state  slots  seen     address\nw1  live   3      2 s ago  http://h:1\n", Host.Out.ToString());
    }

    [Theory]
    [InlineData("drain", "worker w1 drains: it takes no more tasks\n")]
    [InlineData("resume", "worker w1 takes tasks again\n")]
    public async Task WorkerChange_KnownWorker_SaysWhatItDoes(string verb, string text)
    {
        Master.On($"POST /v1/workers/w1/{verb}", HttpStatusCode.NoContent, "");
        Assert.Equal(0, await Host.RunAsync("worker", verb, "w1"));
        Assert.Equal(text, Host.Out.ToString());
    }
}

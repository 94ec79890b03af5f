using System.Net;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;
using MapReduce.Tests.Remote.Support;

namespace MapReduce.Tests.Remote;

public sealed class ClusterClientTests : IDisposable
{
    private static readonly JobSpec Spec = new() { Job = "wc", Inputs = ["/in"], Output = "/out", Steps = [new StepShape(true, false, false)] };

    private readonly FakeMasterHandler _handler = new();
    private readonly HastyTime _time = new();
    private readonly ClusterClient _cluster;

    public ClusterClientTests() => _cluster = new ClusterClient(new ClusterClientOptions
    {
        Masters = MasterAddresses.Parse("http://a:1,http://b:2"),
        Time = _time,
        Handler = _handler,
        Patience = TimeSpan.FromSeconds(5),
    });

    [Fact]
    public async Task Submit_FirstMasterAway_SendsTheSameKeyToTheNext()
    {
        _handler.Fails().Answers(Statuses.Running("j1"), WireJson.Default.JobStatus);
        Assert.Equal("j1", (await _cluster.SubmitAsync(Spec)).JobId);
        Assert.Equal(["a", "b"], _handler.Requests.Select(request => request.Uri.Host));
        Assert.Single(_handler.Requests.Select(request => request.Headers[MasterApi.IdempotencyHeader]).Distinct());
    }

    [Fact]
    public async Task Submit_Twice_HasTwoKeys()
    {
        _handler.Answers(Statuses.Running("j1"), WireJson.Default.JobStatus).Answers(Statuses.Running("j2"), WireJson.Default.JobStatus);
        await _cluster.SubmitAsync(Spec);
        await _cluster.SubmitAsync(Spec);
        Assert.Equal(2, _handler.Requests.Select(request => request.Headers[MasterApi.IdempotencyHeader]).Distinct().Count());
    }

    [Fact]
    public async Task Submit_NobodyTraces_BeginsATrace()
    {
        _handler.Answers(Statuses.Running("j1"), WireJson.Default.JobStatus);
        await _cluster.SubmitAsync(Spec);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", _handler.Requests[0].Headers[MasterApi.TraceParentHeader]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.Conflict, true)]
    public async Task Submit_Rejected_HasEveryReason(HttpStatusCode status, bool isConflict)
    {
        _handler.Answers(status, """{"detail":"both","reasons":["one","two"]}""");
        var rejected = await Assert.ThrowsAsync<JobRejectedException>(() => _cluster.SubmitAsync(Spec));
        Assert.Equal(["one", "two"], rejected.Reasons);
        Assert.Equal(isConflict, rejected.IsConflict);
    }

    [Fact]
    public async Task Status_NobodyAnswers_GivesUpWhenPatienceEnds()
    {
        for (var i = 0; i < 20; i++) _handler.Fails();
        var began = _time.GetTimestamp();
        await Assert.ThrowsAsync<MasterUnavailableException>(() => _cluster.StatusAsync("j1"));
        Assert.InRange(_time.GetElapsedTime(began).TotalSeconds, 2, 6);
    }

    [Fact]
    public async Task Status_UnknownJob_NamesIt()
    {
        _handler.Answers(HttpStatusCode.NotFound);
        var unknown = await Assert.ThrowsAsync<KeyNotFoundException>(() => _cluster.StatusAsync("j1"));
        Assert.Contains("'j1'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Filtered_AsksForIt()
    {
        _handler.Answers(new JobListMessage([], 0), WireJson.Default.JobListMessage);
        await _cluster.ListAsync(new JobFilter { State = JobState.Succeeded, Name = "a b", Limit = 5 });
        Assert.Equal("/v1/jobs?state=succeeded&name=a%20b&offset=0&limit=5", _handler.Requests[0].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Cancel_TooLate_SaysSo()
    {
        _handler.Answers(new CancelMessage(CancelAnswer.TooLate), WireJson.Default.CancelMessage);
        Assert.Equal(CancelAnswer.TooLate, await _cluster.CancelAsync("j1"));
    }

    [Fact]
    public async Task Drain_UnknownWorker_NamesIt()
    {
        _handler.Answers(HttpStatusCode.NotFound);
        Assert.Contains("'w1'", (await Assert.ThrowsAsync<KeyNotFoundException>(() => _cluster.DrainAsync("w1"))).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _handler.Dispose();
    }
}

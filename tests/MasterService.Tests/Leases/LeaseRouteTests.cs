using System.Net;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Leases;

public sealed class LeaseRouteTests : IAsyncLifetime
{
    private MasterHost _host = null!;
    private HttpMasterClient _master = null!;
    private PretendWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _host = await MasterHost.StartAsync();
        _master = _host.NewWorkerClient();
        _worker = new PretendWorker(_host, _master);
        await _worker.RegisterAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Claim_OfAWaitingTask_IsItsLease()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());

        var lease = await _worker.ClaimAsync();

        Assert.Equal((job.JobId, new TaskId(0, TaskKind.Map, 0), 64), (lease.JobId, lease.Task, lease.ShuffleSecret?.Length));
    }

    [Fact]
    public async Task Claim_BeforeASubmit_EndsWithIt()
    {
        var claim = _worker.ClaimAsync();
        await _host.Client.SubmittedAsync(_host.Spec());

        Assert.Equal(TaskKind.Map, (await claim).Task.Kind);
    }

    [Fact]
    public async Task Claim_WhenTheMasterStops_EndsEmpty()
    {
        var claim = _master.ClaimAsync("w1", 1, TimeSpan.FromSeconds(20), CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(_host.Log.Lines.Any(line => line.Contains(MasterApi.Claim))), "the claim has arrived");

        await _host.App.StopAsync();

        Assert.Empty(await claim);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public async Task Claim_OfAbsurdlyMany_Is400(int max)
    {
        using var response = await _host.Client.PostAsync(MasterApi.Claim, new ClaimMessage("w1", max, 0), WireJson.Default.ClaimMessage);

        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Renew_OfAGrantedLease_IsOk()
    {
        await _host.Client.SubmittedAsync(_host.Spec());
        var lease = PretendWorker.Ref(await _worker.ClaimAsync());

        Assert.Equal(RenewAnswer.Ok, Assert.Single(await _master.RenewAsync("w1", [new RenewRequest(lease, default(AttemptSnapshot) with { Phase = "read" })], CancellationToken.None)));
    }

    [Fact]
    public async Task Acknowledge_OfALostLease_SaysLost()
    {
        var message = new RenewMessage("w1", [new RenewRequest(Unknown, new AttemptSnapshot(0, 0, "start"))]);

        using var response = await _host.Client.PostAsync(MasterApi.Acknowledge, message, WireJson.Default.RenewMessage);

        Assert.Equal(RenewAnswer.Lost, Assert.Single((await response.ReadAsync(WireJson.Default.RenewReply)).Answers));
    }

    [Fact]
    public async Task Exchange_OfADoneMap_GrantsTheReduceWithTheOutputs()
    {
        await _host.Client.SubmittedAsync(_host.Spec());
        var map = await _worker.ClaimAsync();

        var answer = await _master.ExchangeAsync("w1", [new CompletedAttempt(PretendWorker.Ref(map), new AttemptResult { Counters = new CounterSet() })], 1, CancellationToken.None);

        Assert.Equal(
            (CompleteAnswer.Ok, TaskKind.Reduce, map.Token),
            (answer.Answers.Single(), answer.Leases.Single().Task.Kind, answer.Leases.Single().MapOutputs?.Single().Token));
    }

    [Fact]
    public async Task Complete_OfAnUnknownAttempt_IsStale()
    {
        var message = new ExchangeMessage("w1", [new CompletedMessage(Unknown, new ResultMessage(new CounterSet()))]);

        using var response = await _host.Client.PostAsync(MasterApi.Complete, message, WireJson.Default.ExchangeMessage);

        Assert.Equal(CompleteAnswer.Stale, Assert.Single((await response.ReadAsync(WireJson.Default.ExchangeReply)).Answers));
    }

    [Fact]
    public async Task Release_OfALease_GivesTheTaskToTheNextClaim()
    {
        await _host.Client.SubmittedAsync(_host.Spec());
        var first = await _worker.ClaimAsync();

        await _master.ReleaseAsync("w1", PretendWorker.Ref(first), CancellationToken.None);

        Assert.Equal(first.Task, (await _worker.ClaimAsync()).Task);
    }

    [Fact]
    public async Task Fail_FinalFailure_FailsTheJobWithItsMessage()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        var lease = await _worker.ClaimAsync();

        await _master.FailAsync("w1", PretendWorker.Ref(lease), new AttemptFailure(FailureKind.User, "the input is gone", IsFinal: true), CancellationToken.None);

        Assert.Contains("the input is gone", (await _host.EndedAsync(job.JobId)).Error);
    }

    [Fact]
    public async Task Announce_OfAnUnknownJob_IsRefused() =>
        Assert.False(Assert.Single(await _master.AnnounceAsync(
            "w1", [new Announcement(Unknown, "x", new AttemptResult { Counters = new CounterSet() })], CancellationToken.None)));

    [Fact]
    public async Task EndedJobs_OfACancelledJob_NamesIt()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        await _host.Client.PostAsync($"/v1/jobs/{job.JobId}/cancel", null);
        await _host.EndedAsync(job.JobId);

        Assert.Equal([job.JobId], await _master.EndedJobsAsync([job.JobId, "0123456789abcdef0123456789abcdef"], CancellationToken.None));
    }

    [Theory]
    [InlineData("../../in/a.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("_SUCCESS")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Exchange_OutputFileThatIsNoPlainName_Is400(string name)
    {
        await _host.Client.SubmittedAsync(_host.Spec());
        await _worker.FinishAsync(await _worker.ClaimAsync());
        var reduce = await _worker.ClaimAsync();
        var message = new ExchangeMessage("w1", [new CompletedMessage(PretendWorker.Ref(reduce), new ResultMessage(new CounterSet(), 8, [new OutputFile(name, 8, 1, 0)]))]);

        using var response = await _host.Client.PostAsync(MasterApi.Complete, message, WireJson.Default.ExchangeMessage);

        Assert.Contains(name, Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Theory]
    [InlineData(MasterApi.Complete, """{"workerId":"w1","completed":[null]}""")]
    [InlineData(MasterApi.Complete, """{"workerId":"w1","completed":[{"lease":{"jobId":"x","task":"0-m-0","token":"1.0"},"result":{"counters":{},"files":[null]}}]}""")]
    [InlineData(MasterApi.Complete, """{"workerId":"w1","completed":[{"lease":{"jobId":"x","task":7,"token":"1.0"},"result":{"counters":{}}}]}""")]
    [InlineData(MasterApi.Complete, """{"workerId":"w1","completed":[{"lease":{"jobId":"x","task":"0-m-0","token":"1.0"},"result":{"counters":{"A":"x"}}}]}""")]
    [InlineData(MasterApi.Renew, """{"workerId":"w1","renewals":[null]}""")]
    [InlineData(MasterApi.Announce, """{"workerId":"w1","outputs":[null]}""")]
    [InlineData(MasterApi.Fail, """{"workerId":"w1","lease":{"jobId":"x","task":"0-m-0","token":"1.0"},"failure":{"kind":"fetch","message":"m","fetchFailures":[null]}}""")]
    [InlineData(MasterApi.EndedJobs, """{"jobIds":[null]}""")]
    [InlineData(MasterApi.Jobs, """{"spec":{"job":"test","inputs":[null],"output":"/out","steps":[{"hasReduce":true,"isSampled":false,"folds":true}]}}""")]
    [InlineData(MasterApi.Jobs, """{"spec":{"job":"test","inputs":["/in"],"output":"/out","steps":[null]}}""")]
    [InlineData(MasterApi.Jobs, """{"spec":{"job":"test","inputs":["/in"],"output":"/out","steps":[],"lease":"99999999999.00:00:00"}}""")]
    [InlineData(MasterApi.Jobs, """{"spec":{"job":"test","inputs":["/i\u0000n"],"output":"/o\u0000ut","steps":[{"hasReduce":true,"isSampled":false,"folds":true}]}}""")]
    public async Task AnyReport_HoldsWhatIsNone_Is400(string path, string json)
    {
        using var response = await _host.Client.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    private static LeaseRef Unknown => new("0123456789abcdef0123456789abcdef", new TaskId(0, TaskKind.Map, 0), "1.0123456789abcdef");
}

using System.Net;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Shuffle;
using MapReduce.Tests.Remote.Support;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Remote;

public sealed class HttpMasterClientTests : IDisposable
{
    private static readonly LeaseRef Lease = new("j1", new TaskId(0, TaskKind.Map, 0), "1.0000000000000001");

    private readonly FakeMasterHandler _handler = new();
    private readonly FakeTimeProvider _time = new();
    private readonly WorkerDirectory _workers = new();
    private readonly HttpMasterClient _client;

    public HttpMasterClientTests() =>
        _client = new HttpMasterClient(MasterAddresses.Parse("http://a:1, http://b:2"), "secret", _workers, _time, _handler);

    [Fact]
    public async Task Register_Answered_GivesAnswer()
    {
        _handler.Answers(new RegisterAnswer(true, "e1"), WireJson.Default.RegisterAnswer);
        Assert.Equal(new RegisterAnswer(true, "e1"), await _client.RegisterAsync(new WorkerRegistration("w", 2, null), default));
    }

    [Fact]
    public async Task Register_Sent_CarriesTokenAndVersion()
    {
        _handler.Answers(new RegisterAnswer(false, "e1"), WireJson.Default.RegisterAnswer);
        await _client.RegisterAsync(new WorkerRegistration("w", 2, null), default);
        var headers = _handler.Requests[0].Headers;
        Assert.Equal(("Bearer secret", "2"), (headers["Authorization"], headers[MasterApi.VersionHeader]));
    }

    [Fact]
    public async Task Register_Sent_AsksForNoTrace()
    {
        _handler.Answers(new RegisterAnswer(false, "e1"), WireJson.Default.RegisterAnswer);
        await _client.RegisterAsync(new WorkerRegistration("w", 2, null), default);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", _handler.Requests[0].Headers[MasterApi.TraceParentHeader]);
    }

    [Fact]
    public async Task Release_MasterFails_AsksTheNextOneNextTime()
    {
        _handler.Fails().Answers(HttpStatusCode.OK);
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await _client.ReleaseAsync("w", Lease, default));
        await _client.ReleaseAsync("w", Lease, default);
        Assert.Equal(["a", "b"], _handler.Requests.Select(request => request.Uri.Host));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Release_MasterCannotAnswerNow_IsUnavailable(HttpStatusCode status)
    {
        _handler.Answers(status, """{"detail":"Redis is away"}""");
        var failure = await Assert.ThrowsAsync<MasterUnavailableException>(async () => await _client.ReleaseAsync("w", Lease, default));
        Assert.Contains("Redis is away", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_WrongRole_NamesRoleAndWhereTokensGo()
    {
        _handler.Answers(HttpStatusCode.Forbidden);
        var failure = await Assert.ThrowsAsync<MasterRefusedException>(async () => await _client.ReleaseAsync("w", Lease, default));
        Assert.Contains("role 'worker'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MapReduce__Worker__Token", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_OtherProtocol_SaysSo()
    {
        _handler.Answers(HttpStatusCode.UpgradeRequired);
        var failure = await Assert.ThrowsAsync<MasterRefusedException>(async () => await _client.ReleaseAsync("w", Lease, default));
        Assert.Contains("another protocol", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_NoAnswerInAThirdOfTheLease_IsUnavailable()
    {
        _handler.Answers(new ClaimReply(LeasePacking.Pack([Task(TaskKind.Map)])), WireJson.Default.ClaimReply).Hangs();
        await _client.ClaimAsync("w", 1, TimeSpan.Zero, default);
        var renewal = _client.RenewAsync("w", [new RenewRequest(Lease, default)], default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<MasterUnavailableException>(() => renewal);
    }

    [Fact]
    public async Task Claim_NoAnswerWithinItsWait_GoesOnWaiting()
    {
        _handler.Hangs();
        var claim = _client.ClaimAsync("w", 1, TimeSpan.FromSeconds(20), default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(claim.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<MasterUnavailableException>(() => claim);
    }

    [Fact]
    public async Task Claim_CallerGivesUp_IsCancelled()
    {
        _handler.Hangs();
        using var leaving = new CancellationTokenSource();
        var claim = _client.ClaimAsync("w", 1, TimeSpan.FromSeconds(20), leaving.Token).AsTask();
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
    }

    [Fact]
    public async Task Exchange_FewerAnswersThanReports_IsUnavailable()
    {
        _handler.Answers(new ExchangeReply([], []), WireJson.Default.ExchangeReply);
        var report = new CompletedAttempt(Lease, new AttemptResult { Counters = new CounterSet() });
        await Assert.ThrowsAsync<MasterUnavailableException>(async () => await _client.ExchangeAsync("w", [report], 0, default));
    }

    [Fact]
    public async Task Claim_TwoReducesOfOneVersion_FetchTheirTableOnce()
    {
        _handler.Answers(Claimed(Task(TaskKind.Reduce), Task(TaskKind.Reduce)), WireJson.Default.ClaimReply).Answers(HttpStatusCode.OK, Table(), MapOutputsTable.ContentType);
        var leases = await _client.ClaimAsync("w", 2, TimeSpan.Zero, default);
        Assert.Equal(["w9", "w9"], leases.Select(lease => lease.MapOutputs![0].Worker));
        Assert.Equal("http://host:9", _workers.Find("w9")!.Address);
        Assert.Equal("/v1/jobs/j1/map-outputs/0?version=5", _handler.Requests[1].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Claim_OtherVersionLater_FetchesAgain()
    {
        _handler.Answers(Claimed(Task(TaskKind.Reduce)), WireJson.Default.ClaimReply).Answers(HttpStatusCode.OK, Table(), MapOutputsTable.ContentType)
            .Answers(Claimed(Task(TaskKind.Reduce) with { MapOutputsVersion = 6 }), WireJson.Default.ClaimReply).Answers(HttpStatusCode.OK, Table(), MapOutputsTable.ContentType);
        await _client.ClaimAsync("w", 1, TimeSpan.Zero, default);
        await _client.ClaimAsync("w", 1, TimeSpan.Zero, default);
        Assert.EndsWith("version=6", _handler.Requests[3].Uri.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Claim_MapOutputsAreNotToBeHad_GivesTheReduceBack(HttpStatusCode status)
    {
        _handler.Answers(Claimed(Task(TaskKind.Reduce)), WireJson.Default.ClaimReply).Answers(status).Answers(HttpStatusCode.OK);
        Assert.Empty(await _client.ClaimAsync("w", 1, TimeSpan.Zero, default));
        Assert.Equal(MasterApi.Release, _handler.Requests[2].Uri.AbsolutePath);
    }

    [Fact]
    public async Task Claim_AfterATableThatFailed_FetchesAgain()
    {
        _handler.Answers(Claimed(Task(TaskKind.Reduce)), WireJson.Default.ClaimReply).Fails().Answers(HttpStatusCode.OK)
            .Answers(Claimed(Task(TaskKind.Reduce)), WireJson.Default.ClaimReply).Answers(HttpStatusCode.OK, Table(), MapOutputsTable.ContentType);
        await _client.ClaimAsync("w", 1, TimeSpan.Zero, default);
        Assert.Single(await _client.ClaimAsync("w", 1, TimeSpan.Zero, default));
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static ClaimReply Claimed(params TaskLease[] leases) => new(LeasePacking.Pack(leases));

    private static byte[] Table() => MapOutputsFormat.Write(
        new MapOutputsTable(5, [new WorkerRegistration("w9", 1, "http://host:9")], [new MapOutputLocation(0, "1.0000000000000001", "w9")]));

    private static TaskLease Task(TaskKind kind) => new()
    {
        JobId = "j1",
        Task = new TaskId(0, kind, 0),
        Token = Lease.Token,
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(6),
        Spec = new JobSpec { Job = "wc", Inputs = ["/in"], Output = "/out", Steps = [new StepShape(true, false, false)] },
        Reducers = 1,
        MapOutputsVersion = 5,
    };
}

using System.Net;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Workers;

public sealed class WorkerRouteTests : IAsyncLifetime
{
    private MasterHost _host = null!;
    private HttpMasterClient _master = null!;
    private PretendWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _host = await MasterHost.StartAsync();
        _master = _host.NewWorkerClient();
        _worker = new PretendWorker(_host, _master);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Register_Worker_IsListed()
    {
        await _worker.RegisterAsync();

        var list = await _host.Client.GetAsync(MasterApi.Workers, WireJson.Default.WorkerListMessage);
        Assert.Equal(("w1", true), (list.Workers.Single().Registration.Id, list.Workers.Single().IsLive));
    }

    [Fact]
    public async Task Register_WrongWorker_Is400WithEveryReason()
    {
        var wrong = new WorkerRegistration("../w", 0, "file:///etc/passwd");

        using var response = await _host.Client.PostAsync(MasterApi.Workers, wrong, WireJson.Default.WorkerRegistration);

        var reasons = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(3, reasons.Count);
    }

    [Fact]
    public async Task Show_Worker_IsItsRegistration()
    {
        await _worker.RegisterAsync();

        Assert.Equal(2, (await _host.Client.GetAsync(MasterApi.For(MasterApi.Worker, "w1"), WireJson.Default.WorkerView)).Registration.Slots);
    }

    [Fact]
    public async Task Drain_Worker_IsToldWhenItRegisters()
    {
        await _worker.RegisterAsync();

        using var response = await _host.Client.PostAsync(MasterApi.For(MasterApi.DrainWorker, "w1"), null);

        Assert.True(response.IsSuccessStatusCode && (await _worker.RegisterAsync()).IsDraining);
    }

    [Fact]
    public async Task Resume_DrainingWorker_IsToldWhenItRegisters()
    {
        await _worker.RegisterAsync();
        using var drained = await _host.Client.PostAsync(MasterApi.For(MasterApi.DrainWorker, "w1"), null);

        using var resumed = await _host.Client.PostAsync(MasterApi.For(MasterApi.ResumeWorker, "w1"), null);

        Assert.False((await _worker.RegisterAsync()).IsDraining);
    }

    [Theory]
    [InlineData("GET", MasterApi.Worker)]
    [InlineData("POST", MasterApi.DrainWorker)]
    [InlineData("POST", MasterApi.ResumeWorker)]
    public async Task AnyRoute_OfNoWorker_Is404(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), MasterApi.For(path, "nobody"));
        using var response = await _host.Client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Deregister_Worker_IsGone()
    {
        await _worker.RegisterAsync();

        await _master.DeregisterAsync("w1", CancellationToken.None);

        Assert.Empty((await _host.Client.GetAsync(MasterApi.Workers, WireJson.Default.WorkerListMessage)).Workers);
    }
}

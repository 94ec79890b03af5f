using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Tests.Stores.Contract;

public abstract partial class LeaseStoreContract
{
    private static readonly WorkerRegistration Worker = new("w1", 2, "http://host:1", "/work");

    [Fact]
    public async Task Register_Again_KeepsTheEpoch()
    {
        var first = await Store.RegisterAsync(Worker, 1, default);
        Assert.Equal(first, await Store.RegisterAsync(Worker, 2, default));
    }

    [Fact]
    public async Task Workers_Registered_AreListedAsTheyAnnouncedThemselves()
    {
        await Store.RegisterAsync(Worker, 1, default);
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        var view = Assert.Single(await Store.WorkersAsync(default));
        Assert.Equal((Worker, true, false, TimeSpan.FromSeconds(3)), (view.Registration, view.IsLive, view.IsDraining, view.Age));
        Assert.Equal(1, (await Store.ActiveAsync(default)).LiveWorkers);
    }

    [Fact]
    public async Task Reap_WorkerSilentForThirtySeconds_IsLostUntilForgotten()
    {
        await Store.RegisterAsync(Worker, 1, default);
        await TickAsync(TimeSpan.FromSeconds(28));
        Assert.Empty((await Store.ReapAsync(default)).LostWorkers);
        await TickAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["w1"], (await Store.ReapAsync(default)).LostWorkers);
        Assert.False(Assert.Single(await Store.WorkersAsync(default)).IsLive);
        await Store.ForgetWorkerAsync("w1", default);
        Assert.Empty((await Store.ReapAsync(default)).LostWorkers);
        Assert.Empty(await Store.WorkersAsync(default));
    }

    [Fact]
    public async Task Reap_NobodyLookedForLong_LosesNoWorkerButThoseThatLeft()
    {
        await Store.RegisterAsync(Worker, 1, default);
        await Store.RegisterAsync(Worker with { Id = "w2" }, 1, default);
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        await Store.DeregisterAsync("w2", default);
        Assert.Equal(["w2"], (await Store.ReapAsync(default)).LostWorkers);
    }

    // Workers register every few seconds: a short lease must not cost all of them their outputs after an outage.
    [Fact]
    public async Task Reap_NobodyLookedForLongAndLeasesAreShort_LosesNoWorkerForTenSeconds()
    {
        await Store.SubmitAsync(Shape(new StepSize(false, 1, 1)) with { Lease = TimeSpan.FromSeconds(6) }, default);
        await Store.RegisterAsync(Worker, 1, default);
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        await Store.ReapAsync(default);
        await TickAsync(TimeSpan.FromSeconds(9));
        Assert.Empty((await Store.ReapAsync(default)).LostWorkers);
        await TickAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["w1"], (await Store.ReapAsync(default)).LostWorkers);
    }

    [Fact]
    public async Task Forget_RegisteredAgain_Stays()
    {
        await Store.RegisterAsync(Worker, 1, default);
        await Store.DeregisterAsync("w1", default);
        await Store.RegisterAsync(Worker, 1, default);
        await Store.ForgetWorkerAsync("w1", default);
        Assert.True(Assert.Single(await Store.WorkersAsync(default)).IsLive);
    }

    [Fact]
    public async Task Drain_Registered_IsToldAtTheNextRegistration()
    {
        Assert.False(await Store.DrainAsync("w1", true, default));
        await Store.RegisterAsync(Worker, 1, default);
        Assert.True(await Store.DrainAsync("w1", true, default));
        Assert.True((await Store.RegisterAsync(Worker, 1, default)).IsDraining);
        await Store.DrainAsync("w1", false, default);
        Assert.False((await Store.RegisterAsync(Worker, 1, default)).IsDraining);
    }
}

using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Tests.Scheduling;
using MapReduce.Tests.Worker;

namespace MapReduce.Tests.Diagnostics;

public sealed class MeterTests : IDisposable
{
    private readonly Measurements _measurements = new();

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public void Run_MapCompletes_RecordsItsDuration()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Advance(2);
        worker.Runner.Complete();
        Assert.Equal([(2.0, "kind=map,outcome=ok")], _measurements.Of("mapreduce.task.duration"));
    }

    [Fact]
    public void Run_ReduceCompletes_CountsWhatItFetched()
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease() with { Task = new TaskId(0, TaskKind.Reduce, 0) });
        var counters = new CounterSet();
        counters.Add(CounterNames.ReduceShuffleBytes, 77);
        worker.Runner.Complete(result: new AttemptResult { Counters = counters });
        Assert.Equal([(77.0, "")], _measurements.Of("mapreduce.shuffle.io"));
    }

    [Fact]
    public async Task Tick_LeaseRanOut_CountsIt()
    {
        using var bench = new CoordinatorBench();
        await bench.SubmitAsync();
        await bench.TickAsync(TimeSpan.FromSeconds(20));
        await bench.ClaimAsync();
        await bench.TickAsync(TimeSpan.FromSeconds(11));
        Assert.Equal([(1.0, "")], _measurements.Of("mapreduce.lease.expired"));
    }

    [Fact]
    public async Task Exchange_FirstAndSecondOfATask_CountsBoth()
    {
        using var bench = new CoordinatorBench();
        await bench.SubmitAsync();
        var lease = await bench.ClaimAsync();
        await bench.CompleteAsync(lease);
        await bench.CompleteAsync(CoordinatorBench.Ref(lease) with { Token = "9.b" }, CoordinatorBench.Result(lease), "w2");
        Assert.Equal([(1.0, "outcome=committed"), (1.0, "outcome=stale")], _measurements.Of("mapreduce.attempts"));
    }
}

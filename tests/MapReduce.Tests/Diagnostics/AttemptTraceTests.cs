using System.Diagnostics;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Tests.Worker;
using MapReduce.Worker;

namespace MapReduce.Tests.Diagnostics;

public sealed class AttemptTraceTests : IDisposable
{
    private readonly Spans _spans = new();
    private readonly string _job = Spans.NewTraceParent();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public void Run_Map_IsAChildOfTheJob()
    {
        using var worker = Start();
        worker.Runner.Complete();
        var span = _spans.Single(_job, "map");
        Assert.Equal(_job[36..52], span.ParentSpanId.ToHexString());
    }

    [Fact]
    public void Run_Map_NamesJobTaskWorkerAndRecords()
    {
        using var worker = Start();
        var counters = new CounterSet();
        counters.Add(CounterNames.MapInputRecords, 3);
        worker.Runner.Complete(result: new AttemptResult { Bytes = 7, Counters = counters });
        var span = _spans.Single(_job, "map");
        string[] tags = ["mapreduce.job.id", "mapreduce.task.id", "mapreduce.worker.id", "mapreduce.bytes", "mapreduce.records", "mapreduce.backup"];
        Assert.Equal(["j1", "0-m-00000", "w1", 7L, 3L, false], tags.Select(span.GetTagItem));
    }

    [Fact]
    public void Run_Phases_AreChildrenOfTheAttempt()
    {
        using var worker = Start();
        var progress = worker.Runner.Progress["1.a"];
        progress.Begin("read", 10);
        progress.Enter("map");
        progress.Enter("map");
        progress.Enter("spill");
        worker.Runner.Complete();
        var map = Assert.Single(_spans.Of(_job), span => span.ParentSpanId.ToHexString() == _job[36..52]);
        Assert.Equal(["read", "map", "spill"], _spans.Of(_job).Where(span => span.ParentSpanId == map.SpanId).Select(span => span.OperationName));
    }

    [Fact]
    public void Run_Failed_SaysWhy()
    {
        using var worker = Start();
        worker.Runner.Fail(new AttemptFailedException(new AttemptFailure(FailureKind.User, "bad record")));
        var span = _spans.Single(_job, "map");
        Assert.Equal((ActivityStatusCode.Error, "bad record", "User"), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
    }

    [Fact]
    public void Run_Completed_ReportsItsSpan()
    {
        using var worker = Start();
        worker.Runner.Complete();
        worker.Master.Registered = new RegisterAnswer(false, "another");
        worker.Advance(5);
        Assert.Equal(_spans.Single(_job, "map").SpanId.ToHexString(), worker.Master.Announced[0].Result.SpanId.ToString("x16"));
    }

    [Fact]
    public void Run_Reduce_LinksToItsMaps()
    {
        var outputs = Enumerable.Range(0, 200).Select(map => new MapOutputLocation(map, "1.m", "w2", (ulong)map));
        using var worker = Start(WorkerFixture.Lease() with { Task = new TaskId(0, TaskKind.Reduce, 0), MapOutputs = [.. outputs] });
        worker.Runner.Complete();
        var links = _spans.Single(_job, "reduce").Links.ToList();
        Assert.Equal((128, "0000000000000001", _job[3..35]), (links.Count, links[0].Context.SpanId.ToHexString(), links[0].Context.TraceId.ToHexString()));
    }

    private WorkerFixture Start(TaskLease? lease = null) => new WorkerFixture().Start((lease ?? WorkerFixture.Lease()) with { TraceParent = _job });
}

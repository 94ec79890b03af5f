using System.Diagnostics;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Tests.Scheduling;

namespace MapReduce.Tests.Diagnostics;

public sealed class JobTraceTests : IDisposable
{
    private readonly Spans _spans = new();
    private readonly CoordinatorBench _bench = new();
    private readonly string _job = Spans.NewTraceParent();

    public void Dispose()
    {
        _bench.Dispose();
        _spans.Dispose();
    }

    [Fact]
    public async Task Tick_JobCommits_SpanIsAChildOfTheJob()
    {
        await RunAsync();
        await _bench.TickAsync();
        Assert.Equal(_job[36..52], _spans.Single(_job, "commit").ParentSpanId.ToHexString());
    }

    [Fact]
    public async Task Tick_CommitFails_SpanSaysWhy()
    {
        await RunAsync();
        _bench.Output.CarryOutFails = new IOException("disk full");
        await Assert.ThrowsAsync<AggregateException>(() => _bench.TickAsync());
        var span = _spans.Single(_job, "commit");
        Assert.Equal((ActivityStatusCode.Error, "disk full"), (span.Status, span.StatusDescription));
    }

    private async Task RunAsync()
    {
        await _bench.Master.SubmitAsync(CoordinatorBench.Spec(), "key", new JobOrigin(null, _job, null), default);
        await _bench.RunAllAsync();
    }
}

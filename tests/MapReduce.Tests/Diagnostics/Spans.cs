using System.Collections.Concurrent;
using System.Diagnostics;
using MapReduce.Diagnostics;

namespace MapReduce.Tests.Diagnostics;

/// <summary>Listens to the engine's spans. Tests that run beside this one make spans, too: look for those of one's own trace.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MapReduceTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static string NewTraceParent() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    public List<Activity> Of(string traceParent) => [.. _ended.Where(span => traceParent.Contains(span.TraceId.ToHexString(), StringComparison.Ordinal))];

    public Activity Single(string traceParent, string name) => Assert.Single(Of(traceParent), span => span.OperationName == name);

    public void Dispose() => _listener.Dispose();
}

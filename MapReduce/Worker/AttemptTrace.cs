using System.Diagnostics;
using System.Globalization;
using MapReduce.Counters;
using MapReduce.Diagnostics;
using MapReduce.Protocol;

namespace MapReduce.Worker;

/// <summary>An attempt's span, with one below it for each phase. Does nothing when nobody listens.</summary>
internal sealed class AttemptTrace
{
    private const int MostLinks = 128;

    // A map that spills often goes through its phases as often.
    private const int MostPhases = 100;

    private readonly TaskLease _lease;
    private readonly Activity? _span;
    private Activity? _phase;
    private int _phases;

    private AttemptTrace(TaskLease lease, Activity? span) => (_lease, _span) = (lease, span);

    /// <summary>Begins the span of an attempt; its phases follow its progress.</summary>
    public static AttemptTrace Begin(TaskLease lease, string workerId, AttemptProgress progress)
    {
        var span = MapReduceTelemetry.Start(NameOf(lease.Task.Kind), lease.TraceParent, MapReduceTelemetry.Source.HasListeners() ? Links(lease) : null);
        var trace = new AttemptTrace(lease, span);
        if (span is null) return trace;
        span.SetTag("mapreduce.job.id", lease.JobId);
        span.SetTag("mapreduce.task.id", lease.Task.ToString());
        span.SetTag("mapreduce.attempt", lease.Attempt);
        span.SetTag("mapreduce.token", lease.Token);
        span.SetTag("mapreduce.worker.id", workerId);
        span.SetTag("mapreduce.backup", lease.IsBackup);
        progress.Began = trace.BeginPhase;
        return trace;
    }

    /// <summary>Ends the span as the attempt ended.</summary>
    /// <param name="run">The attempt, which has run.</param>
    /// <param name="took">How long.</param>
    public void End(Task<AttemptResult> run, TimeSpan took)
    {
        var outcome = run.IsCompletedSuccessfully ? "ok" : run.IsFaulted ? "failed" : "stopped";
        MapReduceTelemetry.TaskDuration.Record(took.TotalSeconds, Kind(), new("outcome", outcome));
        if (run.IsCompletedSuccessfully && _lease.Task.Kind == TaskKind.Reduce)
            MapReduceTelemetry.ShuffleBytes.Add(run.Result.Counters[CounterNames.ReduceShuffleBytes]);
        if (_span is null) return;
        Interlocked.Exchange(ref _phase, null)?.Dispose();
        Describe(_span, run);
        _span.Dispose();
    }

    /// <summary>Ends the span of an attempt that showed no progress and is left to itself.</summary>
    public void EndStalled(TimeSpan took)
    {
        MapReduceTelemetry.TaskDuration.Record(took.TotalSeconds, Kind(), new("outcome", "stalled"));
        if (_span is null) return;
        Interlocked.Exchange(ref _phase, null)?.Dispose();
        _span.Fail($"no progress for {_lease.Spec.TaskTimeout}");
        _span.Dispose();
    }

    /// <summary>The result with the span that made it.</summary>
    public AttemptResult Sign(AttemptResult result) =>
        _span is null ? result : result with { SpanId = ulong.Parse(_span.SpanId.ToHexString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) };

    private static string NameOf(TaskKind kind) => kind switch { TaskKind.Sample => "sample", TaskKind.Map => "map", _ => "reduce" };

    private KeyValuePair<string, object?> Kind() => new("kind", NameOf(_lease.Task.Kind));

    // On the attempt's thread, while the loop waits for it.
    private void BeginPhase(string phase)
    {
        Interlocked.Exchange(ref _phase, null)?.Dispose();
        if (++_phases > MostPhases || _span!.IsStopped) return;
        _phase = MapReduceTelemetry.Source.StartActivity(phase, ActivityKind.Internal, _span.Context);
    }

    private static void Describe(Activity span, Task<AttemptResult> run)
    {
        if (run.IsCompletedSuccessfully)
        {
            var counters = run.Result.Counters;
            span.SetTag("mapreduce.bytes", run.Result.Bytes);
            span.SetTag("mapreduce.records", counters[CounterNames.MapInputRecords] + counters[CounterNames.ReduceInputRecords]);
        }
        else if (run.Exception?.InnerException is { } error)
        {
            span.Fail(error.Message);
            span.SetTag("error.type", error is AttemptFailedException failed ? failed.Failure.Kind.ToString() : error.GetType().FullName);
        }
        else
        {
            span.SetTag("mapreduce.stopped", true);
        }
    }

    // A reduce depends on the maps that it reads, not on the job alone.
    private static List<ActivityLink>? Links(TaskLease lease)
    {
        if (lease.MapOutputs is not { } outputs || !ActivityContext.TryParse(lease.TraceParent, null, isRemote: true, out var job)) return null;
        var links = new List<ActivityLink>();
        foreach (var output in outputs)
        {
            if (output.SpanId == 0) continue;
            if (links.Count == MostLinks) break;
            var span = ActivitySpanId.CreateFromString(output.SpanId.ToString("x16", CultureInfo.InvariantCulture));
            links.Add(new ActivityLink(new ActivityContext(job.TraceId, span, job.TraceFlags, isRemote: true), new ActivityTagsCollection { ["mapreduce.map"] = output.Map }));
        }
        return links;
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MapReduce.Diagnostics;

/// <summary>What the engine tells of itself, through the base class library's own sources: it costs nothing while nobody listens.</summary>
public static class MapReduceTelemetry
{
    /// <summary>The name of the engine's activity source and of its meter: <c>MapReduce</c>.</summary>
    public const string Name = "MapReduce";

    // Where spans are kept, a stack trace of megabytes is nobody's help.
    private const int LongestError = 4096;

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>How long attempts ran, by kind of task and by how they ended.</summary>
    internal static readonly Histogram<double> TaskDuration =
        Meter.CreateHistogram<double>("mapreduce.task.duration", "s", "How long attempts ran on this worker.");

    /// <summary>Map output that reduce attempts fetched.</summary>
    internal static readonly Counter<long> ShuffleBytes =
        Meter.CreateCounter<long>("mapreduce.shuffle.io", "By", "Map output that reduce attempts of this worker fetched.");

    /// <summary>Attempts by how this master saw them end.</summary>
    internal static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("mapreduce.attempts", "{attempt}", "Attempts whose end this master was told of, by outcome.");

    /// <summary>Leases that ran out.</summary>
    internal static readonly Counter<long> LeasesExpired =
        Meter.CreateCounter<long>("mapreduce.lease.expired", "{lease}", "Leases that this master found to have run out.");

    /// <summary>Starts a span below one that a <c>traceparent</c> names; null when nobody listens.</summary>
    internal static Activity? Start(string name, string? traceParent, IEnumerable<ActivityLink>? links = null)
    {
        if (!Source.HasListeners()) return null;
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(name, ActivityKind.Internal, parent, links: links);
    }

    /// <summary>Says why what a span stands for failed.</summary>
    internal static void Fail(this Activity activity, string error) =>
        activity.SetStatus(ActivityStatusCode.Error, error.Length <= LongestError ? error : error[..LongestError]);
}

using System.Diagnostics;

namespace MapReduce.Remote;

/// <summary>W3C trace contexts, so that a job has a trace also when its submitter traces nothing itself.</summary>
public static class TraceContext
{
    /// <summary>The caller's own span, or else a new trace that asks to be recorded.</summary>
    /// <returns><c>00-trace-span-flags</c>.</returns>
    public static string CurrentOrNew() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    /// <summary>
    /// A trace that asks not to be recorded: claims, renewals and reports would each be a trace of their own at the master, and
    /// the traces of the jobs would drown among them.
    /// </summary>
    internal static string Unrecorded() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}

using System.Diagnostics;
using System.Security.Cryptography;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>Where jobs come from, and what they carry to all their attempts: the trace and the secret of the shuffle.</summary>
internal sealed class JobOrigins : IDisposable
{
    /// <summary>The name of the source of the master's spans.</summary>
    public const string SourceName = "MapReduce.Master";

    private const int SecretBytes = 32;

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>The span under which all spans of a job hang: a child of the submitter's. Null when nobody listens.</summary>
    public Activity? StartSpan(JobSpec spec, string jobId)
    {
        var span = _source.StartActivity($"job {spec.Name ?? spec.Job}");
        span?.SetTag("mapreduce.job.id", jobId);
        return span;
    }

    /// <summary>The origin of a job that a request submits.</summary>
    public static JobOrigin Of(HttpContext http, Activity? span) => new(
        http.User.Identity?.Name,
        span?.Id ?? Parent(http) ?? NewTrace(),
        RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true));

    public void Dispose() => _source.Dispose();

    // Whoever exports spans at the other end still gets one trace, even when this master exports none.
    private static string? Parent(HttpContext http)
    {
        var header = http.Request.Headers[MasterApi.TraceParentHeader].ToString();
        return ActivityContext.TryParse(header, null, out _) ? header : null;
    }

    private static string NewTrace() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}

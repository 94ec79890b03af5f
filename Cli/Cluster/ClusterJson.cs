using System.Text.Encodings.Web;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.Cli.Cluster;

/// <summary>What a master tells, as it tells it, one object a line.</summary>
internal static class ClusterJson
{
    // Quotes and letters as they are: the lines are read by programs and people, never placed in HTML.
    private static readonly WireJson Json = new(new JsonSerializerOptions(WireJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Line(JobStatus job) => JsonSerializer.Serialize(job, Json.JobStatus);

    public static string Line(JobMessage job) => JsonSerializer.Serialize(job, Json.JobMessage);

    public static string Line(IReadOnlyDictionary<string, long> counters) => JsonSerializer.Serialize(new CountersMessage(counters), Json.CountersMessage);

    public static string Line(AttemptEvent happened) => JsonSerializer.Serialize(happened, Json.AttemptEvent);

    public static string Line(WorkerView worker) => JsonSerializer.Serialize(worker, Json.WorkerView);
}

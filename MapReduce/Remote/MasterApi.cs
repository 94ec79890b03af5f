namespace MapReduce.Remote;

/// <summary>The master's web API: the version, the headers and the paths that both of its ends must agree on.</summary>
public static class MasterApi
{
    /// <summary>The version of the protocol that this library speaks.</summary>
    public const int Version = 2;

    /// <summary>The request header that carries the version. A request without it is accepted, one with another version gets 426.</summary>
    public const string VersionHeader = "MapReduce-Protocol";

    /// <summary>The request header that names a submit or a retry: the same key again starts nothing new.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>The request header with the submitter's W3C trace context.</summary>
    public const string TraceParentHeader = "traceparent";

    /// <summary>The request header by which a reader of events goes on after the last one that it saw.</summary>
    public const string LastEventIdHeader = "Last-Event-ID";

    /// <summary>The name of the event that carries a job's status.</summary>
    public const string StatusEvent = "status";

    /// <summary>GET lists jobs, POST submits one.</summary>
    public const string Jobs = "/v1/jobs";

    /// <summary>GET shows a job.</summary>
    public const string Job = "/v1/jobs/{id}";

    /// <summary>POST asks for a job's cancellation.</summary>
    public const string CancelJob = "/v1/jobs/{id}/cancel";

    /// <summary>POST submits a new job like this one.</summary>
    public const string RetryJob = "/v1/jobs/{id}/retry";

    /// <summary>GET gives a job's counters.</summary>
    public const string JobCounters = "/v1/jobs/{id}/counters";

    /// <summary>GET lists a job's tasks.</summary>
    public const string JobTasks = "/v1/jobs/{id}/tasks";

    /// <summary>GET gives the ledger of a job's attempts.</summary>
    public const string JobAttempts = "/v1/jobs/{id}/attempts";

    /// <summary>GET lists the files of a job's output.</summary>
    public const string JobOutput = "/v1/jobs/{id}/output";

    /// <summary>GET follows a job as server-sent events, until its final status.</summary>
    public const string JobEvents = "/v1/jobs/{id}/events";

    /// <summary>POST asks which of some jobs have ended.</summary>
    public const string EndedJobs = "/v1/jobs/ended";

    /// <summary>GET tells where the map outputs of a step lie, in the form of <see cref="Wire.MapOutputsTable"/>.</summary>
    public const string MapOutputs = "/v1/jobs/{id}/map-outputs/{step}";

    /// <summary>POST asks which of some files the cluster does not have, by their SHA-256.</summary>
    public const string Files = "/v1/files";

    /// <summary>GET gives a file, PUT stores one; its id is its SHA-256.</summary>
    public const string File = "/v1/files/{id}";

    /// <summary>POST asks for tasks, and waits for the first.</summary>
    public const string Claim = "/v1/leases/claim";

    /// <summary>POST reports completed attempts and asks for tasks, without waiting.</summary>
    public const string Exchange = "/v1/leases/exchange";

    /// <summary>POST reports completed attempts: an exchange that asks for no task.</summary>
    public const string Complete = "/v1/leases/complete";

    /// <summary>POST renews leases.</summary>
    public const string Renew = "/v1/leases/renew";

    /// <summary>POST acknowledges leases: their first renewal.</summary>
    public const string Acknowledge = "/v1/leases/acknowledge";

    /// <summary>POST reports a failed attempt.</summary>
    public const string Fail = "/v1/leases/fail";

    /// <summary>POST gives a lease back.</summary>
    public const string Release = "/v1/leases/release";

    /// <summary>POST offers map outputs to a master that lost its memory of them.</summary>
    public const string Announce = "/v1/leases/announce";

    /// <summary>GET lists workers, POST registers one.</summary>
    public const string Workers = "/v1/workers";

    /// <summary>GET shows a worker, DELETE ends its registration.</summary>
    public const string Worker = "/v1/workers/{id}";

    /// <summary>POST asks a worker to claim no more tasks.</summary>
    public const string DrainWorker = "/v1/workers/{id}/drain";

    /// <summary>POST asks a worker to claim tasks again.</summary>
    public const string ResumeWorker = "/v1/workers/{id}/resume";

    /// <summary><see cref="MapOutputs"/> with the job and the step filled in.</summary>
    public static string MapOutputsOf(string jobId, int step) => For(MapOutputs, jobId).Replace("{step}", $"{step}", StringComparison.Ordinal);

    /// <summary>A path with its <c>{id}</c> filled in.</summary>
    public static string For(string path, string id) => path.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);
}

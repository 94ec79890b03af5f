using System.Security.Cryptography;
using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.Remote;

/// <summary>
/// A cluster, for programs: submits jobs, follows them, looks after its workers. A call that finds no master is tried again
/// until <see cref="ClusterClientOptions.Patience"/> is used up; none does anything twice. Safe for concurrent use.
/// </summary>
/// <exception cref="MasterUnavailableException">From every call: no master answered in time.</exception>
/// <exception cref="MasterRefusedException">From every call: the token or the protocol is refused.</exception>
/// <exception cref="KeyNotFoundException">From every call that names a job or a worker: the cluster does not know it.</exception>
/// <example>
/// <code>
/// using var cluster = new ClusterClient(new ClusterClientOptions { Masters = MasterAddresses.Parse("http://127.0.0.1:5080"), Token = token });
/// var job = await cluster.SubmitAsync(BuiltInJobs.WordCount, ["/data/texts"], "/data/counts");
/// var end = await cluster.WaitAsync(job.JobId);
/// </code>
/// </example>
public sealed partial class ClusterClient : IDisposable
{
    private readonly ClusterClientOptions _options;
    private readonly MasterConnection _connection;
    private readonly Persistence _master;

    /// <summary>Prepares a client; nothing is sent yet.</summary>
    public ClusterClient(ClusterClientOptions options)
    {
        _options = options;
        _connection = new MasterConnection(options.Masters, options.Token, options.Time, options.Handler);
        _master = new Persistence(_connection, options.Patience);
    }

    /// <summary>Submits a job with its usual settings. Its code must be known to the workers under its name.</summary>
    /// <param name="job">The job.</param>
    /// <param name="inputs">Files, directories (read recursively) and glob patterns, as the cluster's machines see them too.</param>
    /// <param name="output">The output directory, likewise.</param>
    /// <param name="options">The job's options by name; null for their defaults.</param>
    /// <param name="overwrite">Replace what an earlier job left there. Default: an existing output is refused.</param>
    /// <param name="cancellationToken">Gives up; the job may have been started by then.</param>
    /// <returns>How the new job stands.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public Task<JobStatus> SubmitAsync(
        JobDefinition job, IEnumerable<string> inputs, string output, IReadOnlyDictionary<string, string>? options = null, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        var json = job.Parse(options ?? new Dictionary<string, string>());
        var plan = job.Plan(json);
        var spec = new JobSpec
        {
            Job = job.Name,
            Options = json,
            Inputs = plan.FullInputs(inputs),
            Output = Path.GetFullPath(output),
            Overwrite = overwrite,
            InputShapes = plan.Inputs,
            Steps = plan.Shapes,
        };
        return SubmitAsync(spec, cancellationToken: cancellationToken);
    }

    /// <summary>Submits a job.</summary>
    /// <param name="spec">The job; <see cref="JobSpec.InputShapes"/> and <see cref="JobSpec.Steps"/> must be those of its plan.</param>
    /// <param name="idempotencyKey">The same key again finds the job instead of starting another; null (the default) for a new one.</param>
    /// <param name="traceParent">The W3C trace context that the job's span belongs to; null (the default) for the caller's own, or a new trace.</param>
    /// <param name="cancellationToken">Gives up; the job may have been started by then.</param>
    /// <returns>How the job stands.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public Task<JobStatus> SubmitAsync(JobSpec spec, string? idempotencyKey = null, string? traceParent = null, CancellationToken cancellationToken = default)
    {
        var call = MasterCall.Post(MasterApi.Jobs, MasterRole.Submit, new SubmitMessage(SpecMessage.Of(spec)), WireJson.Default.SubmitMessage);
        return StartAsync(call, idempotencyKey, traceParent, cancellationToken);
    }

    /// <summary>Submits a new job like an earlier one.</summary>
    /// <param name="jobId">The earlier job.</param>
    /// <param name="overwrite">Whether the new job may replace what is in the output directory; null (the default) as the earlier one.</param>
    /// <param name="idempotencyKey">The same key again finds the job instead of starting another; null (the default) for a new one.</param>
    /// <param name="traceParent">The W3C trace context that the job's span belongs to; null (the default) for the caller's own, or a new trace.</param>
    /// <param name="cancellationToken">Gives up; the job may have been started by then.</param>
    /// <returns>How the new job stands.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public Task<JobStatus> RetryAsync(string jobId, bool? overwrite = null, string? idempotencyKey = null, string? traceParent = null, CancellationToken cancellationToken = default)
    {
        var call = MasterCall.Post(MasterApi.For(MasterApi.RetryJob, jobId), MasterRole.Submit, new RetryMessage(overwrite), WireJson.Default.RetryMessage);
        return OfJobAsync(jobId, () => StartAsync(call, idempotencyKey, traceParent, cancellationToken));
    }

    /// <summary>Asks for a job's cancellation. Its attempts are told within a third of their lease.</summary>
    public Task<CancelAnswer> CancelAsync(string jobId, CancellationToken cancellationToken = default) => OfJobAsync(jobId, async () =>
    {
        var call = MasterCall.Post(MasterApi.For(MasterApi.CancelJob, jobId), MasterRole.Submit);
        return (await _master.SendAsync(call, WireJson.Default.CancelMessage, cancellationToken)).Answer;
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private async Task<JobStatus> StartAsync(MasterCall call, string? idempotencyKey, string? traceParent, CancellationToken cancellationToken)
    {
        var headers = new[]
        {
            (MasterApi.IdempotencyHeader, idempotencyKey ?? RandomNumberGenerator.GetHexString(32, lowercase: true)),
            (MasterApi.TraceParentHeader, traceParent ?? TraceContext.CurrentOrNew()),
        };
        return await OrRejectedAsync(() => _master.SendAsync(call with { Headers = headers, Timeout = PlanningTimeout }, WireJson.Default.JobStatus, cancellationToken));
    }

    private static async Task<T> OrRejectedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (MasterRefusedException refused) when (refused.Status is 400 or 409 or 413 or 422)
        {
            throw new JobRejectedException(refused.Reasons.Count > 0 ? refused.Reasons : [refused.Message], isConflict: refused.Status == 409);
        }
    }

    // The master looks at every input file before it answers.
    private static readonly TimeSpan PlanningTimeout = TimeSpan.FromMinutes(5);

    private static async Task<T> OfJobAsync<T>(string jobId, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (MasterRefusedException refused) when (refused.Status == 404)
        {
            throw new KeyNotFoundException($"There is no job '{jobId}': look for it among all jobs; those that ended long ago are forgotten.", refused);
        }
    }
}

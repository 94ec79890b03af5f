using MapReduce.MasterService.Admission;
using MapReduce.MasterService.Http;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>Takes jobs in: whose they are, whether there is room, what trace they belong to. Safe for concurrent use.</summary>
internal sealed partial class JobSubmission(JobCoordinator coordinator, JobAdmission admission, JobOrigins origins, ILogger<JobSubmission> log)
{
    /// <summary>Starts a job, or finds the one that this caller started with the same key.</summary>
    /// <returns>How it stands, and whether it is new.</returns>
    /// <exception cref="JobRejectedException">It cannot start.</exception>
    public async Task<(JobStatus Status, bool IsNew)> SubmitAsync(JobSpec spec, HttpContext http, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.Of(http);
        var jobId = JobCoordinator.JobId(key);
        var isNew = coordinator.Describe(jobId) is null;
        if (isNew) await admission.CheckAsync(cancellationToken);
        using var span = isNew ? origins.StartSpan(spec, jobId) : null;
        await coordinator.SubmitAsync(spec, key, JobOrigins.Of(http, span), cancellationToken);
        var status = await coordinator.StatusAsync(jobId, cancellationToken) ?? throw RequestException.NoJob(jobId);
        if (isNew) LogSubmitted(log, jobId, status.Name, http.User.Identity?.Name, status.TraceId);
        return (status, isNew);
    }

    /// <summary>Starts a new job like an earlier one.</summary>
    public Task<(JobStatus Status, bool IsNew)> RetryAsync(string jobId, bool? overwrite, HttpContext http, CancellationToken cancellationToken)
    {
        var spec = coordinator.Describe(jobId)?.Spec ?? throw RequestException.NoJob(jobId);
        return SubmitAsync(spec with { Overwrite = overwrite ?? spec.Overwrite }, http, cancellationToken);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "job {JobId} ({Name}) submitted by {Subject}, trace {TraceId}")]
    private static partial void LogSubmitted(ILogger log, string jobId, string name, string? subject, string? traceId);
}

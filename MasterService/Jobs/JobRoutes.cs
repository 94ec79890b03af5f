using MapReduce.MasterService.Auth;
using MapReduce.MasterService.Http;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using SubmitResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<MapReduce.Protocol.JobStatus>, Microsoft.AspNetCore.Http.HttpResults.Ok<MapReduce.Protocol.JobStatus>>;

namespace MapReduce.MasterService.Jobs;

/// <summary>The routes by which people and programs start, follow and stop jobs.</summary>
internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Jobs");
        group.MapPost(MasterApi.Jobs, SubmitAsync).RequireAuthorization(Roles.Submit).WithSummary("Starts a job; the same Idempotency-Key again finds it");
        group.MapPost(MasterApi.RetryJob, RetryAsync).RequireAuthorization(Roles.Submit).WithSummary("Starts a new job like an earlier one");
        group.MapPost(MasterApi.CancelJob, CancelAsync).RequireAuthorization(Roles.Submit).WithSummary("Cancels a job, unless its outcome is decided");
        group.MapPost(MasterApi.EndedJobs, EndedAsync).RequireAuthorization(Roles.Worker).WithSummary("Which of these jobs have ended");
        group.MapGet(MasterApi.MapOutputs, MapOutputsAsync).RequireAuthorization(Roles.Worker).WithSummary("Where the map outputs of a step lie")
            .Produces(StatusCodes.Status200OK, contentType: MapOutputsTable.ContentType);
        JobViewRoutes.Map(group.MapGroup("").RequireAuthorization(Roles.Read));
    }

    private static async Task<SubmitResult> SubmitAsync(SubmitMessage message, JobSubmission submission, HttpContext http)
    {
        Elements.AreThere("inputs", message.Spec.Inputs);
        Elements.AreThere("steps", message.Spec.Steps);
        var (status, isNew) = await submission.SubmitAsync(message.Spec.ToSpec(), http, http.RequestAborted);
        return Answer(status, isNew);
    }

    private static async Task<SubmitResult> RetryAsync(string id, RetryMessage? message, JobSubmission submission, HttpContext http)
    {
        var (status, isNew) = await submission.RetryAsync(id, message?.Overwrite, http, http.RequestAborted);
        return Answer(status, isNew);
    }

    private static SubmitResult Answer(JobStatus status, bool isNew) =>
        isNew ? TypedResults.Created(MasterApi.For(MasterApi.Job, status.JobId), status) : TypedResults.Ok(status);

    private static async Task<CancelMessage> CancelAsync(string id, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.CancelAsync(id, cancellationToken) is not CancelAnswer.Unknown and var answer ? new CancelMessage(answer) : throw RequestException.NoJob(id);

    private static async Task<EndedJobsReply> EndedAsync(EndedJobsMessage message, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        Elements.AreThere("jobIds", message.JobIds);
        return new(await coordinator.EndedJobsAsync(message.JobIds, cancellationToken));
    }

    private static async Task<FileContentHttpResult> MapOutputsAsync(string id, int step, long version, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        var view = await coordinator.MapOutputsAsync(id, step, version, cancellationToken)
            ?? throw new RequestException(StatusCodes.Status404NotFound, $"Not all map outputs of step {step} of job '{id}' are there now: release the reduce task; it is leased again when they are.");
        var table = MapOutputsFormat.Write(new MapOutputsTable(view.Version, view.Workers, view.Outputs));
        return TypedResults.Bytes(table, MapOutputsTable.ContentType);
    }
}

using MapReduce.MasterService.Http;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Jobs;

/// <summary>The routes by which jobs are looked at.</summary>
internal static class JobViewRoutes
{
    private const int MostOnAPage = 1_000, DefaultPage = 50, DefaultTasks = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(MasterApi.Jobs, ListAsync).WithSummary("Lists jobs, the newest first");
        routes.MapGet(MasterApi.Job, ShowAsync).WithSummary("Shows a job: how it stands and what was submitted");
        routes.MapGet(MasterApi.JobCounters, CountersAsync).WithSummary("Totals of the winners' counters");
        routes.MapGet(MasterApi.JobTasks, TasksAsync).WithSummary("Lists a job's tasks, while it runs");
        routes.MapGet(MasterApi.JobAttempts, AttemptsAsync).WithSummary("What happened to a job's attempts, oldest first");
        routes.MapGet(MasterApi.JobOutput, Output).WithSummary("Lists the files of a succeeded job's output");
        routes.MapGet(MasterApi.JobEvents, (string id, JobEventStream stream, HttpContext http) => stream.WriteAsync(id, http)).WithSummary("Follows a job as server-sent events, until its final status")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
    }

    private static async Task<JobListMessage> ListAsync(
        string? state, string? name, int? offset, int? limit, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        var filter = new JobFilter { State = Names.Parse<JobState>("state", state), Name = name, Offset = Offset(offset), Limit = Limit(limit, DefaultPage) };
        var page = await coordinator.JobsAsync(filter, cancellationToken);
        return new JobListMessage(page.Jobs, page.Total);
    }

    private static async Task<JobMessage> ShowAsync(string id, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        var status = await coordinator.StatusAsync(id, cancellationToken) ?? throw RequestException.NoJob(id);
        var description = coordinator.Describe(id) ?? throw RequestException.NoJob(id);
        return new JobMessage(status, SpecMessage.Of(description.Spec), description.Notes);
    }

    private static async Task<CountersMessage> CountersAsync(string id, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        new((await coordinator.StatusAsync(id, cancellationToken) ?? throw RequestException.NoJob(id)).Counters);

    private static async Task<TaskListMessage> TasksAsync(
        string id, int? step, string? kind, string? state, int? offset, int? limit, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        var filter = new TaskFilter
        {
            Step = step,
            Kind = Names.Parse<TaskKind>("kind", kind),
            State = Names.Parse<TaskState>("state", state),
            Offset = Offset(offset),
            Limit = Limit(limit, DefaultTasks),
        };
        var tasks = await coordinator.TasksAsync(id, filter, cancellationToken) ?? throw RequestException.NoJob(id);
        var status = await coordinator.StatusAsync(id, cancellationToken) ?? throw RequestException.NoJob(id);
        var stages = status.Tasks.Where(stage => filter.Kind is null || filter.Kind == stage.Key);
        return new TaskListMessage(tasks, stages.Sum(stage => stage.Value.Total));
    }

    private static async Task<LedgerView> AttemptsAsync(string id, long? after, int? limit, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.EventsAsync(id, after ?? 0, Limit(limit, MostOnAPage), cancellationToken) ?? throw RequestException.NoJob(id);

    private static OutputMessage Output(string id, JobCoordinator coordinator)
    {
        var description = coordinator.Describe(id) ?? throw RequestException.NoJob(id);
        var files = coordinator.Output(id)
            ?? throw new RequestException(StatusCodes.Status409Conflict, $"Job '{id}' has no output: it has not succeeded (GET {MasterApi.For(MasterApi.Job, id)} says how it stands).");
        return new OutputMessage(description.Spec.Output, files);
    }

    private static int Offset(int? offset) =>
        offset is < 0 ? throw RequestException.Wrong($"offset is {offset}: use 0 or more.") : offset ?? 0;

    private static int Limit(int? limit, int standard) =>
        limit is < 1 or > MostOnAPage ? throw RequestException.Wrong($"limit is {limit}: use 1 to {MostOnAPage}.") : limit ?? standard;
}

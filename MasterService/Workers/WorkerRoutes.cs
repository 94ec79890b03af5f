using MapReduce.MasterService.Auth;
using MapReduce.MasterService.Http;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Workers;

/// <summary>The routes by which workers come and go, and by which people look at them.</summary>
internal static class WorkerRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Workers");
        group.MapPost(MasterApi.Workers, RegisterAsync).RequireAuthorization(Roles.Worker).WithSummary("Registers a worker for the next 30 s");
        group.MapDelete(MasterApi.Worker, DeregisterAsync).RequireAuthorization(Roles.Worker).WithSummary("Ends a worker's registration; its map outputs are made anew");
        group.MapGet(MasterApi.Workers, ListAsync).RequireAuthorization(Roles.Read).WithSummary("Lists the workers");
        group.MapGet(MasterApi.Worker, ShowAsync).RequireAuthorization(Roles.Read).WithSummary("Shows a worker");
        group.MapPost(MasterApi.DrainWorker, (string id, JobCoordinator coordinator, CancellationToken stop) => DrainAsync(id, true, coordinator, stop))
            .RequireAuthorization(Roles.Submit).WithSummary("Asks a worker to take no more tasks");
        group.MapPost(MasterApi.ResumeWorker, (string id, JobCoordinator coordinator, CancellationToken stop) => DrainAsync(id, false, coordinator, stop))
            .RequireAuthorization(Roles.Submit).WithSummary("Asks a worker to take tasks again");
    }

    private static async Task<RegisterAnswer> RegisterAsync(WorkerRegistration worker, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        RegistrationCheck.Check(worker);
        return await coordinator.RegisterAsync(worker, cancellationToken);
    }

    private static async Task DeregisterAsync(string id, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.DeregisterAsync(id, cancellationToken);

    private static async Task<WorkerListMessage> ListAsync(JobCoordinator coordinator, CancellationToken cancellationToken) =>
        new(await coordinator.WorkersAsync(cancellationToken));

    private static async Task<WorkerView> ShowAsync(string id, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        (await coordinator.WorkersAsync(cancellationToken)).FirstOrDefault(worker => worker.Registration.Id == id) ?? throw RequestException.NoWorker(id);

    private static async Task DrainAsync(string id, bool isDraining, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        if (!await coordinator.DrainAsync(id, isDraining, cancellationToken)) throw RequestException.NoWorker(id);
    }
}

using MapReduce.MasterService.Auth;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Leases;

/// <summary>The routes by which workers take tasks and report on them.</summary>
internal static class LeaseRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var worker = routes.MapGroup("").RequireAuthorization(Roles.Worker).WithTags("Leases");
        worker.MapPost(MasterApi.Claim, ClaimAsync).WithSummary("Takes leases; waits for the first");
        worker.MapPost(MasterApi.Exchange, ExchangeAsync).WithSummary("Reports completed attempts and takes leases, in one round trip");
        // Both are an exchange or a renewal of another name, for clients that do one thing at a time.
        worker.MapPost(MasterApi.Complete, ExchangeAsync).WithSummary("Reports completed attempts");
        worker.MapPost(MasterApi.Renew, RenewAsync).WithSummary("Renews leases");
        worker.MapPost(MasterApi.Acknowledge, RenewAsync).WithSummary("Acknowledges leases: their first renewal");
        worker.MapPost(MasterApi.Fail, FailAsync).WithSummary("Reports a failed attempt");
        worker.MapPost(MasterApi.Release, ReleaseAsync).WithSummary("Gives a lease back");
        worker.MapPost(MasterApi.Announce, AnnounceAsync).WithSummary("Offers map outputs to a master that lost its memory of them");
    }

    private static async Task<ClaimReply> ClaimAsync(ClaimMessage claim, LongPolls polls, HttpContext http)
    {
        var wait = TimeSpan.FromMilliseconds(claim.WaitMs);
        return new ClaimReply(LeasePacking.Pack(await polls.ClaimAsync(claim.WorkerId, claim.Max, wait, http.RequestAborted)));
    }

    private static async Task<ExchangeReply> ExchangeAsync(ExchangeMessage exchange, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        LeaseLimits.Check(exchange.Max, exchange.Completed.Count);
        var completed = new CompletedAttempt[exchange.Completed.Count];
        for (var i = 0; i < completed.Length; i++)
            completed[i] = new CompletedAttempt(exchange.Completed[i].Lease, exchange.Completed[i].Result.ToResult());
        var answer = await coordinator.ExchangeAsync(exchange.WorkerId, completed, exchange.Max, cancellationToken);
        return new ExchangeReply(answer.Answers, LeasePacking.Pack(answer.Leases));
    }

    private static async Task<RenewReply> RenewAsync(RenewMessage renew, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        LeaseLimits.Check(renew.Renewals.Count);
        return new RenewReply(await coordinator.RenewAsync(renew.WorkerId, renew.Renewals, cancellationToken));
    }

    private static async Task FailAsync(FailMessage fail, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.FailAsync(fail.WorkerId, fail.Lease, fail.Failure, cancellationToken);

    private static async Task ReleaseAsync(ReleaseMessage release, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.ReleaseAsync(release.WorkerId, release.Lease, cancellationToken);

    private static async Task<AnnounceReply> AnnounceAsync(AnnounceMessage announce, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        LeaseLimits.Check(announce.Outputs.Count);
        var outputs = announce.Outputs.Select(each => new Announcement(each.Output, each.Fingerprint, each.Result.ToResult())).ToList();
        return new AnnounceReply(await coordinator.AnnounceAsync(announce.WorkerId, outputs, cancellationToken));
    }
}

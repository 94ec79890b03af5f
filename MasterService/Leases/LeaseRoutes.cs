using MapReduce.MasterService.Auth;
using MapReduce.MasterService.Http;
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
        MapExchanges(worker);
        worker.MapMessage(MasterApi.Claim, WireJson.Default.ClaimMessage, WireJson.Default.ClaimReply, ClaimAsync).WithSummary("Takes leases; waits for the first");
        worker.MapMessage(MasterApi.Announce, WireJson.Default.AnnounceMessage, WireJson.Default.AnnounceReply, AnnounceAsync)
            .WithSummary("Offers map outputs to a master that lost its memory of them");
        worker.MapPost(MasterApi.Fail, FailAsync).WithSummary("Reports a failed attempt");
        worker.MapPost(MasterApi.Release, ReleaseAsync).WithSummary("Gives a lease back");
    }

    // Complete and acknowledge are an exchange and a renewal by other names, for clients that do one thing at a time.
    private static void MapExchanges(RouteGroupBuilder worker)
    {
        foreach (var (path, summary) in ((string, string)[])[
            (MasterApi.Exchange, "Reports completed attempts and takes leases, in one round trip"), (MasterApi.Complete, "Reports completed attempts")])
            worker.MapMessage(path, WireJson.Default.ExchangeMessage, WireJson.Default.ExchangeReply, ExchangeAsync).WithSummary(summary);
        foreach (var (path, summary) in ((string, string)[])[
            (MasterApi.Renew, "Renews leases"), (MasterApi.Acknowledge, "Acknowledges leases: their first renewal")])
            worker.MapMessage(path, WireJson.Default.RenewMessage, WireJson.Default.RenewReply, RenewAsync).WithSummary(summary);
    }

    private static async Task<ClaimReply> ClaimAsync(ClaimMessage claim, HttpContext http)
    {
        var polls = http.RequestServices.GetRequiredService<LongPolls>();
        var leases = await polls.ClaimAsync(claim.WorkerId, claim.Max, TimeSpan.FromMilliseconds(claim.WaitMs), http.RequestAborted);
        return new ClaimReply(LeasePacking.Pack(leases));
    }

    private static async Task<ExchangeReply> ExchangeAsync(ExchangeMessage exchange, HttpContext http)
    {
        LeaseLimits.Check(exchange.Max, exchange.Completed.Count);
        Elements.AreThere("completed", exchange.Completed);
        var completed = new CompletedAttempt[exchange.Completed.Count];
        for (var i = 0; i < completed.Length; i++)
        {
            completed[i] = new CompletedAttempt(exchange.Completed[i].Lease, exchange.Completed[i].Result.ToResult());
            ReportCheck.Files(completed[i].Result);
        }
        var answer = await Coordinator(http).ExchangeAsync(exchange.WorkerId, completed, exchange.Max, http.RequestAborted);
        return new ExchangeReply(answer.Answers, LeasePacking.Pack(answer.Leases));
    }

    private static async Task<RenewReply> RenewAsync(RenewMessage renew, HttpContext http)
    {
        LeaseLimits.Check(renew.Renewals.Count);
        Elements.AreThere("renewals", renew.Renewals);
        return new RenewReply(await Coordinator(http).RenewAsync(renew.WorkerId, renew.Renewals, http.RequestAborted));
    }

    private static async Task<AnnounceReply> AnnounceAsync(AnnounceMessage announce, HttpContext http)
    {
        LeaseLimits.Check(announce.Outputs.Count);
        Elements.AreThere("outputs", announce.Outputs);
        var outputs = announce.Outputs.Select(each => new Announcement(each.Output, each.Fingerprint, each.Result.ToResult())).ToList();
        foreach (var output in outputs) ReportCheck.Files(output.Result);
        return new AnnounceReply(await Coordinator(http).AnnounceAsync(announce.WorkerId, outputs, http.RequestAborted));
    }

    private static async Task FailAsync(FailMessage fail, JobCoordinator coordinator, CancellationToken cancellationToken)
    {
        LeaseLimits.Check(fail.Failure.FetchFailures?.Count ?? 0);
        Elements.AreThere("fetchFailures", fail.Failure.FetchFailures);
        await coordinator.FailAsync(fail.WorkerId, fail.Lease, fail.Failure, cancellationToken);
    }

    private static async Task ReleaseAsync(ReleaseMessage release, JobCoordinator coordinator, CancellationToken cancellationToken) =>
        await coordinator.ReleaseAsync(release.WorkerId, release.Lease, cancellationToken);

    private static JobCoordinator Coordinator(HttpContext http) => http.RequestServices.GetRequiredService<JobCoordinator>();
}

using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Shuffle;

namespace MapReduce.Remote;

/// <summary>
/// The master over HTTP, for a worker. Each call is one try with its own time limit; the next call after a failure goes to
/// the next master. When to try again is the caller's to say. Safe for concurrent use.
/// </summary>
/// <exception cref="MasterUnavailableException">From every call: no answer, or not now.</exception>
/// <exception cref="MasterRefusedException">From every call: the token, the protocol or the request is refused for good.</exception>
public sealed class HttpMasterClient : IMasterClient, IDisposable
{
    // On top of the time that the master waits for work.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly MasterConnection _master;
    private readonly LeaseIntake _intake;

    /// <summary>Prepares a client.</summary>
    /// <param name="masters">The masters of the cluster.</param>
    /// <param name="token">A token of role worker; null when the masters ask for none.</param>
    /// <param name="workers">Learns where the workers are that hold map outputs.</param>
    /// <param name="time">The clock of the time limits.</param>
    /// <param name="handler">Sends the requests, and is not disposed here; null (the default) for one with a connection pool of its own.</param>
    public HttpMasterClient(MasterAddresses masters, string? token, WorkerDirectory workers, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _master = new MasterConnection(masters, token, time, handler);
        _intake = new LeaseIntake(_master, workers);
    }

    /// <inheritdoc/>
    public async ValueTask<RegisterAnswer> RegisterAsync(WorkerRegistration worker, CancellationToken cancellationToken) =>
        await _master.SendAsync(Post(MasterApi.Workers, worker, WireJson.Default.WorkerRegistration), WireJson.Default.RegisterAnswer, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeregisterAsync(string workerId, CancellationToken cancellationToken) =>
        await _master.SendAsync(new MasterCall(HttpMethod.Delete, MasterApi.For(MasterApi.Worker, workerId), MasterRole.Worker), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskLease>> ClaimAsync(string workerId, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        var message = new ClaimMessage(workerId, max, (int)wait.TotalMilliseconds);
        var call = Post(MasterApi.Claim, message, WireJson.Default.ClaimMessage) with { Timeout = wait + Slack };
        var reply = await _master.SendAsync(call, WireJson.Default.ClaimReply, cancellationToken);
        return await _intake.TakeAsync(workerId, reply.Groups, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(string workerId, IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken)
    {
        var call = Post(MasterApi.Renew, new RenewMessage(workerId, renewals), WireJson.Default.RenewMessage) with { Timeout = _intake.RenewalTimeout(renewals) };
        var reply = await _master.SendAsync(call, WireJson.Default.RenewReply, cancellationToken);
        return Matching(reply.Answers, renewals.Count, call);
    }

    /// <inheritdoc/>
    public async ValueTask<ExchangeAnswer> ExchangeAsync(string workerId, IReadOnlyList<CompletedAttempt> completed, int max, CancellationToken cancellationToken)
    {
        var reports = completed.Select(attempt => new CompletedMessage(attempt.Lease, ResultMessage.Of(attempt.Result)));
        var call = Post(MasterApi.Exchange, new ExchangeMessage(workerId, [.. reports], max), WireJson.Default.ExchangeMessage);
        var reply = await _master.SendAsync(call, WireJson.Default.ExchangeReply, cancellationToken);
        var answers = Matching(reply.Answers, completed.Count, call);
        return new ExchangeAnswer(answers, await _intake.TakeAsync(workerId, reply.Groups, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<bool>> AnnounceAsync(string workerId, IReadOnlyList<Announcement> outputs, CancellationToken cancellationToken)
    {
        var offers = outputs.Select(offer => new AnnouncedMessage(offer.Output, offer.Fingerprint, ResultMessage.Of(offer.Result)));
        var call = Post(MasterApi.Announce, new AnnounceMessage(workerId, [.. offers]), WireJson.Default.AnnounceMessage);
        return Matching((await _master.SendAsync(call, WireJson.Default.AnnounceReply, cancellationToken)).Answers, outputs.Count, call);
    }

    /// <inheritdoc/>
    public async ValueTask FailAsync(string workerId, LeaseRef lease, AttemptFailure failure, CancellationToken cancellationToken) =>
        await _master.SendAsync(Post(MasterApi.Fail, new FailMessage(workerId, lease, failure), WireJson.Default.FailMessage), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string workerId, LeaseRef lease, CancellationToken cancellationToken) =>
        await _master.SendAsync(Post(MasterApi.Release, new ReleaseMessage(workerId, lease), WireJson.Default.ReleaseMessage), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> EndedJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        var call = Post(MasterApi.EndedJobs, new EndedJobsMessage(jobIds), WireJson.Default.EndedJobsMessage);
        var ended = (await _master.SendAsync(call, WireJson.Default.EndedJobsReply, cancellationToken)).Ended;
        foreach (var jobId in ended) _intake.Forget(jobId);
        return ended;
    }

    /// <summary>Opens a file that travels with a job, as the master has it: whoever reads it must look whether it is whole. It may fail or fall silent at any time.</summary>
    /// <param name="sha256">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Stream> OpenFileAsync(string sha256, CancellationToken cancellationToken)
    {
        var response = await _master.OpenAsync(MasterCall.Get(MasterApi.For(MasterApi.File, sha256), MasterRole.Worker), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _master.Dispose();

    private static MasterCall Post<T>(string path, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        MasterCall.Post(path, MasterRole.Worker, body, type);

    // Answers are told apart by their places alone.
    private static IReadOnlyList<T> Matching<T>(IReadOnlyList<T> answers, int count, MasterCall call) =>
        answers.Count == count
            ? answers
            : throw new MasterUnavailableException($"The master gave {answers.Count} answers to {count} items of {call.Method} {call.Path}.");
}

using System.Globalization;
using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

public sealed partial class RedisTaskLeaseStore
{
    /// <inheritdoc/>
    public async ValueTask<ClaimGrant> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var window = request.Fresh;
        var tasks = new PackWriter().Array(window.Tasks.Count);
        foreach (var index in window.Tasks) tasks.Integer(index);
        var nonce = request.Nonce.ToString("x16", CultureInfo.InvariantCulture);
        var reply = (RedisResult[])(await RunAsync(_scripts.Claim, request.JobId,
            [request.WorkerId, request.Max, nonce, request.AvoidsOwnFailures ? 1 : 0, TaskNames.Stage(window.Step, window.Kind), window.Start, tasks.ToArray()],
            cancellationToken))!;
        return reply.Length == 1 ? ClaimGrant.None : new ClaimGrant(Granted(reply, nonce), (int)reply[0] == 1);
    }

    private static GrantedTask[] Granted(RedisResult[] reply, string nonce)
    {
        var stage = TaskNames.Parse($"{(string)reply[1]!}0");
        var version = (long)reply[2];
        var packed = new PackReader((byte[])reply[3]!);
        var granted = new GrantedTask[packed.IsAtEnd ? 0 : packed.Array() / 3];
        for (var i = 0; i < granted.Length; i++)
        {
            var (index, attempt, isBackup) = (packed.Int32(), packed.Int32(), packed.Boolean());
            granted[i] = new GrantedTask(stage with { Index = index }, $"{attempt}.{nonce}", attempt, isBackup, version);
        }
        return granted;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RenewAnswer>> RenewAsync(IReadOnlyList<RenewRequest> renewals, CancellationToken cancellationToken) =>
        ByJobAsync(renewals, renewal => renewal.Lease.JobId, async (jobId, items) =>
        {
            var arguments = new RedisValue[items.Length * 2];
            for (var i = 0; i < items.Length; i++)
            {
                arguments[i * 2] = $"{TaskNames.Task(items[i].Lease.Task)}/{items[i].Lease.Token}";
                arguments[i * 2 + 1] = ProgressPack.Write(items[i].Progress);
            }
            var reply = (RedisResult[])(await RunAsync(_scripts.Renew, jobId, arguments, cancellationToken))!;
            return Array.ConvertAll(reply, answer => (RenewAnswer)(int)answer);
        });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Completion>> CompleteAsync(IReadOnlyList<CompletedAttempt> completed, CancellationToken cancellationToken) =>
        ByJobAsync(completed, each => each.Lease.JobId, async (jobId, items) =>
        {
            var reply = await RunWithCountersAsync(_scripts.Complete, jobId, items, order => [order.PackSums(), Pack(items, order)], cancellationToken);
            return Array.ConvertAll((byte[])reply[1]!, answer => new Completion(answer == '0' ? CompleteAnswer.Stale : CompleteAnswer.Ok, answer == '2'));
        });

    /// <inheritdoc/>
    public async ValueTask<bool> AnnounceAsync(string workerId, LeaseRef output, string fingerprint, AttemptResult result, CancellationToken cancellationToken)
    {
        return (int)(await RunWithCountersAsync(_scripts.Announce, output.JobId, [new(output, result)], Arguments, cancellationToken))[0] == 1;

        RedisValue[] Arguments(CounterOrder order) =>
            [workerId, fingerprint, TaskNames.Task(output.Task), output.Token, ResultPack.Tail(result), ResultPack.Rest(result), order.Pack(0)];
    }

    /// <inheritdoc/>
    public async ValueTask<FailAnswer> FailAsync(LeaseRef lease, AttemptFailure failure, double jitter, CancellationToken cancellationToken)
    {
        var fetches = failure.FetchFailures ?? [];
        var packed = new PackWriter().Array(fetches.Count * 3);
        foreach (var fetch in fetches) packed.Integer(fetch.Map).Text(fetch.Token).Boolean(fetch.Fault == FetchFault.Corrupt);
        var kind = failure.Kind switch { FailureKind.User => "u", FailureKind.Worker => "w", _ => "f" };
        var message = failure.Message.Length <= LongestError ? failure.Message : failure.Message[..LongestError];
        var reply = await RunAsync(_scripts.Fail, lease.JobId,
            [TaskNames.Task(lease.Task), lease.Token, kind, message, failure.IsFinal ? 1 : 0, jitter.ToString("R", CultureInfo.InvariantCulture), packed.ToArray()],
            cancellationToken);
        return (int)reply switch { 0 => FailAnswer.Ignored, 1 => FailAnswer.Retried, _ => FailAnswer.Dead };
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(LeaseRef lease, CancellationToken cancellationToken) =>
        AskAsync(_scripts.Release, lease.JobId, [TaskNames.Task(lease.Task), lease.Token], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> InvalidateAsync(LeaseRef winner, CancellationToken cancellationToken) =>
        AskAsync(_scripts.Invalidate, winner.JobId, [TaskNames.Task(winner.Task), winner.Token], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> InvalidateWorkerAsync(string jobId, string workerId, int max, CancellationToken cancellationToken) =>
        (int)await RunAsync(_scripts.InvalidateWorker, jobId, [workerId, max], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SpeculateAsync(string jobId, TaskId task, CancellationToken cancellationToken) =>
        AskAsync(_scripts.Speculate, jobId, [TaskNames.Task(task)], cancellationToken);

    // Counters are packed in the order that the job is believed to have its names in; when another master was first with other
    // names, the script does nothing and tells the order, which only grows from then on.
    private async Task<RedisResult[]> RunWithCountersAsync(
        RedisScript script, string jobId, CompletedAttempt[] items, Func<CounterOrder, RedisValue[]> others, CancellationToken cancellationToken)
    {
        var known = _counterNames.GetValueOrDefault(jobId, []);
        while (true)
        {
            var order = new CounterOrder(known);
            foreach (var item in items) order.Add(item.Result.Counters);
            var reply = (RedisResult[])(await RunAsync(script, jobId, [order.PackNames(), .. others(order)], cancellationToken))!;
            var isRefused = (int)reply[0] == -1;
            known = isRefused ? Array.ConvertAll(reply[1..], name => (string)name!) : order.Names;
            _counterNames[jobId] = known;
            if (!isRefused) return reply;
        }
    }

    // One text for all of them: each argument of a script costs Redis, and the connection, as much as a command.
    private static byte[] Pack(CompletedAttempt[] items, CounterOrder order)
    {
        var writer = new PackWriter().Array(items.Length * 5);
        for (var i = 0; i < items.Length; i++)
        {
            var (lease, result) = (items[i].Lease, items[i].Result);
            writer.Text(TaskNames.Task(lease.Task)).Text(lease.Token).Bytes(ResultPack.Tail(result)).Bytes(ResultPack.Rest(result)).Bytes(order.Pack(i));
        }
        return writer.ToArray();
    }
}

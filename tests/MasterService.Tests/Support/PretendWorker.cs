using MapReduce.Counters;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MasterService.Tests.Support;

/// <summary>A worker that runs no code: it says that a task is done, and writes an output that nobody computed.</summary>
internal sealed class PretendWorker(MasterHost host, IMasterClient master, string id = "w1")
{
    public string Id => id;

    public Task<RegisterAnswer> RegisterAsync() =>
        master.RegisterAsync(new WorkerRegistration(id, 2, "http://127.0.0.1:9", "/w1"), CancellationToken.None).AsTask();

    public async Task<TaskLease> ClaimAsync() =>
        Assert.Single(await master.ClaimAsync(id, 1, TimeSpan.FromSeconds(20), CancellationToken.None));

    /// <summary>Runs a task of one reduce or map-only file.</summary>
    public async Task<CompleteAnswer> FinishAsync(TaskLease lease)
    {
        var counters = new CounterSet();
        counters.Add("TESTED", 1);
        var result = new AttemptResult { Counters = counters, Bytes = 3, Files = lease.Task.Kind == TaskKind.Reduce ? [Write(lease)] : [] };
        var answer = await master.ExchangeAsync(id, [new CompletedAttempt(Ref(lease), result)], 0, CancellationToken.None);
        return answer.Answers.Single();
    }

    /// <summary>Runs all tasks of a job of one map and one reduce.</summary>
    public async Task FinishJobAsync()
    {
        await RegisterAsync();
        await FinishAsync(await ClaimAsync());
        await FinishAsync(await ClaimAsync());
    }

    public static LeaseRef Ref(TaskLease lease) => new(lease.JobId, lease.Task, lease.Token);

    private OutputFile Write(TaskLease lease)
    {
        var store = new FileOutputStore(PhysicalFileSystem.Instance, Path.Combine(host.Folder, "data"), OutputDurability.Process);
        using var file = store.Create(lease.Spec.Output, lease.JobId, lease.Task, lease.Token, "part-r-00000");
        file.Write("a\t1"u8);
        return new OutputFile("part-r-00000", 3, 1, 0);
    }
}

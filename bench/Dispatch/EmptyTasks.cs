using System.Text;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Shuffle;

namespace Dispatch;

/// <summary>
/// A job of empty map tasks, handed out and reported over HTTP with the client that workers use: every exchange completes a
/// batch of tasks, with the counters of a real map task, and claims the next. Reduces never start: the job is cancelled.
/// </summary>
internal sealed class EmptyTasks(Uri master, string folder, int tasks, int batch)
{
    private const int WarmUp = 120_000;

    private readonly Latencies _latencies = new(tasks);
    private int _claimed, _done;

    public int Done => _done;

    /// <returns>Tasks a second, claimed and completed, after a warm-up.</returns>
    public async Task<double> RunAsync(int workers, Server redis, Server service)
    {
        using var cluster = new ClusterClient(new ClusterClientOptions { Masters = MasterAddresses.Parse(master.AbsoluteUri) });
        // The first job compiles the code of master and client, which goes on beside it for longer than a short run lasts.
        await RunJobAsync(cluster, "warm-up", WarmUp, workers, record: false);
        using var memory = new RedisMemory(redis.Port);
        var before = memory.Used();
        var processors = new Processors(redis, service);
        (_claimed, _done) = (0, 0);
        var began = TimeProvider.System.GetTimestamp();
        await RunJobAsync(cluster, "empty", tasks, workers, record: true, () =>
        {
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            Console.WriteLine($"{_done} tasks in {seconds:F2} s; Redis {(memory.Used() - before) / (double)_done:F0} B a finished task");
            processors.Print(_done);
            _latencies.Print();
            began = TimeProvider.System.GetTimestamp() - (long)(seconds * TimeProvider.System.TimestampFrequency);
        });
        return _done / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private async Task RunJobAsync(ClusterClient cluster, string name, int count, int workers, bool record, Action? measured = null)
    {
        var spec = new JobSpec
        {
            Job = "empty",
            Name = name,
            Inputs = [WriteInput(name, count)],
            Output = Path.Combine(folder, $"out-{name}"),
            SplitSize = LineLength,
            Reducers = 1,
            Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)],
        };
        var job = await cluster.SubmitAsync(spec);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync($"bench-{name}-{worker}", count, record))));
        measured?.Invoke();
        await cluster.CancelAsync(job.JobId);
        await cluster.WaitAsync(job.JobId);
    }

    private async Task WorkAsync(string worker, int count, bool record)
    {
        using var client = new HttpMasterClient(MasterAddresses.Parse(master.AbsoluteUri), token: null, new WorkerDirectory(), TimeProvider.System);
        await client.RegisterAsync(new WorkerRegistration(worker, batch, "http://127.0.0.1:1", folder), default);
        IReadOnlyList<CompletedAttempt> completed = [];
        while (Volatile.Read(ref _done) < count)
        {
            var began = TimeProvider.System.GetTimestamp();
            // Never more than there are, or the answer to the last would be a reduce with the places of all map outputs.
            var answer = await client.ExchangeAsync(worker, completed, Math.Min(batch, count - Volatile.Read(ref _claimed)), default);
            Interlocked.Add(ref _claimed, answer.Leases.Count);
            if (record) _latencies.Add(_done, TimeProvider.System.GetElapsedTime(began));
            Interlocked.Add(ref _done, answer.Answers.Count(each => each == CompleteAnswer.Ok));
            completed = [.. answer.Leases.Select(Complete)];
        }
    }

    private static CompletedAttempt Complete(TaskLease lease)
    {
        var counters = new CounterSet();
        counters.Add(CounterNames.BytesRead, 67_108_864);
        counters.Add(CounterNames.MapInputRecords, 877_995);
        counters.Add(CounterNames.MapOutputRecords, 8_776_401);
        counters.Add(CounterNames.ReduceInputRecords, 72_351_776);
        counters.Add(CounterNames.CombineInputRecords, 8_776_401);
        counters.Add(CounterNames.CombineOutputRecords, 401_233);
        counters.Add(CounterNames.SpilledRecords, 401_233);
        counters.Add(CounterNames.MapOutputMaterializedBytes, 8_112_345);
        return new CompletedAttempt(new LeaseRef(lease.JobId, lease.Task, lease.Token), new AttemptResult { Bytes = 8_112_345, Counters = counters });
    }

    private const int LineLength = 4;

    private string WriteInput(string name, int count)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, new StringBuilder().Insert(0, "abc\n", count).ToString());
        return path;
    }
}

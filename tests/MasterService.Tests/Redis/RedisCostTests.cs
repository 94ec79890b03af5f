using System.Globalization;
using MapReduce.Counters;
using MapReduce.MasterService.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace MapReduce.MasterService.Tests.Redis;

/// <summary>What a task costs Redis: memory when it is done, time of its one thread on the way. STORE_TASKS sets how many are run.</summary>
public sealed class RedisCostTests(RedisFixture redis, ITestOutputHelper output) : IClassFixture<RedisFixture>
{
    private const int Batch = 16;

    private static readonly int Tasks = Environment.GetEnvironmentVariable("STORE_TASKS") is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : 20_000;

    private readonly RedisTaskLeaseStore _store = new(redis.Connection, TimeProvider.System);
    private ulong _nonce = 0x8000_0000_0000_0000;

    [Fact]
    public async Task FinishedMapTask_WithEightCounters_TakesAtMost200Bytes()
    {
        await redis.Database.ExecuteAsync("FLUSHALL");
        await SubmitAsync("job", Tasks);
        var before = await NumberAsync("memory", "used_memory:");
        var (scripts, processor) = (await NumberAsync("commandstats", "cmdstat_evalsha:", "usec="), await ProcessorAsync());
        await RunAsync("job", Tasks);
        var bytes = (await NumberAsync("memory", "used_memory:") - before) / (double)Tasks;
        scripts = await NumberAsync("commandstats", "cmdstat_evalsha:", "usec=") - scripts;
        processor = await ProcessorAsync() - processor;
        output.WriteLine($"{Tasks} tasks, claim and complete, {Batch} a call; each takes {bytes:F1} bytes of Redis memory, "
            + $"{scripts / (double)Tasks:F1} us in scripts (others on the machine counted), {processor / (double)Tasks:F1} us of processor time");
        Assert.InRange(bytes, 1, 200);
    }

    [Fact]
    public async Task Submit_MillionTasks_TakesTheMemoryOfOne()
    {
        await redis.Database.ExecuteAsync("FLUSHALL");
        await SubmitAsync("one", 1);
        await SubmitAsync("million", 1_000_000);
        Assert.Equal(await SizeAsync("one"), await SizeAsync("million"), 64.0);
    }

    private async Task<double> SizeAsync(string job) =>
        (long)await redis.Database.ExecuteAsync("MEMORY", "USAGE", (string)RedisKeys.Job(job)!);

    private async Task SubmitAsync(string job, int maps) => await _store.SubmitAsync(new JobShape
    {
        JobId = job,
        Fingerprint = "print",
        Steps = [new StepSize(false, maps, 8)],
        Lease = TimeSpan.FromMinutes(1),
        MaxAttempts = 4,
        MaxDeaths = 4,
        Priority = 10,
        SubmittedAt = default,
    }, default);

    private async Task RunAsync(string job, int tasks)
    {
        for (var done = 0; done < tasks;)
        {
            var window = new FreshWindow(0, TaskKind.Map, done, [.. Enumerable.Range(done, Math.Min(Batch, tasks - done))]);
            var grant = await _store.ClaimAsync(new ClaimRequest(job, $"worker-{done % 3}", Batch, ++_nonce, window, false), default);
            var completed = grant.Tasks.Select(task => new CompletedAttempt(new LeaseRef(job, task.Task, task.Token), Result(task.Task.Index))).ToArray();
            Assert.All(await _store.CompleteAsync(completed, default), completion => Assert.Equal(CompleteAnswer.Ok, completion.Answer));
            done += completed.Length;
        }
    }

    private static AttemptResult Result(int index)
    {
        var counters = new CounterSet();
        for (var i = 1; i <= 8; i++) counters.Add($"COUNTER_{i}", 1_000_003L * i * i + index);
        return new AttemptResult { Bytes = 50_000_000 + index, SpanId = 0x1234_5678_9abc_def0, Counters = counters };
    }

    // User time, of network and scripts, in microseconds: what others do on the machine does not count.
    private async Task<long> ProcessorAsync() =>
        await NumberAsync("cpu", "used_cpu_user:") * 1_000_000 + await NumberAsync("cpu", "used_cpu_user:", ".");

    private async Task<long> NumberAsync(string section, string line, string field = "")
    {
        var info = ((string)(await redis.Database.ExecuteAsync("INFO", section))!).Split('\n').First(text => text.StartsWith(line, StringComparison.Ordinal));
        var digits = info[(info.IndexOf(field.Length == 0 ? line : field, StringComparison.Ordinal) + (field.Length == 0 ? line : field).Length)..];
        return long.Parse(digits.TakeWhile(char.IsAsciiDigit).ToArray(), CultureInfo.InvariantCulture);
    }
}

using MapReduce.MasterService.Tests.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>The store in memory and the one in Redis, under one clock: every call goes to both, and the answers must be equal.</summary>
internal sealed class StoreTwins(IDatabase database)
{
    private readonly FakeTimeProvider _time = new();
    private readonly VirtualRedis _redis = new(database);
    private readonly List<string> _calls = [];
    private InMemoryTaskLeaseStore _memory = null!;

    public async Task BeginAsync()
    {
        _memory = new InMemoryTaskLeaseStore(_time);
        await _redis.ResetAsync(_time.GetUtcNow());
    }

    public async Task<T> SameAsync<T>(string call, Func<ITaskLeaseStore, ValueTask<T>> ask)
    {
        _calls.Add(call);
        var expected = await ask(_memory);
        var (wanted, found) = (StoreText.Of(expected), StoreText.Of(await ask(_redis.Store)));
        Assert.True(wanted == found, $"{call}\n{StoreText.Difference(wanted, found)}\nafter\n{string.Join('\n', _calls.TakeLast(40))}");
        return expected;
    }

    public Task SameAsync(string call, Func<ITaskLeaseStore, ValueTask> ask) =>
        SameAsync(call, async store =>
        {
            await ask(store);
            return true;
        });

    public async Task AdvanceAsync(TimeSpan time)
    {
        _calls.Add($"advance {time}");
        _time.Advance(time);
        await _redis.AdvanceAsync(time);
    }

    /// <summary>All that can be asked about a job.</summary>
    public async Task CompareAsync(string jobId)
    {
        if (await SameAsync($"job {jobId}", store => store.JobAsync(jobId, default)) is not { } view) return;
        await SameAsync($"running {jobId}", store => store.RunningAsync(jobId, default));
        await SameAsync($"counters {jobId}", store => store.CountersAsync(jobId, default));
        await SameAsync($"result {jobId}", store => store.ResultAsync(jobId, default));
        await SameAsync($"events {jobId}", store => store.EventsAsync(jobId, 0, 20_000, default));
        await SameAsync($"some events {jobId}", store => store.EventsAsync(jobId, 7, 5, default));
        for (var step = 0; step < view.Shape.Steps.Count; step++)
            foreach (var kind in Enum.GetValues<TaskKind>()) await CompareStageAsync(jobId, step, kind);
    }

    public async Task CompareClusterAsync()
    {
        await SameAsync("active", store => store.ActiveAsync(default));
        await SameAsync("workers", store => store.WorkersAsync(default));
    }

    private async Task CompareStageAsync(string jobId, int step, TaskKind kind)
    {
        await SameAsync($"winners {jobId} {step} {kind}", store => store.WinnersAsync(jobId, step, kind, default));
        await SameAsync($"tasks {jobId} {step} {kind}", store => store.TasksAsync(jobId, step, kind, 0, 1000, default));
        await SameAsync($"some tasks {jobId} {step} {kind}", store => store.TasksAsync(jobId, step, kind, 1, 2, default));
    }
}

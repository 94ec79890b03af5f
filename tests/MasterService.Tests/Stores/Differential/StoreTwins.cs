using MapReduce.MasterService.Tests.Redis;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>The store in memory and the one in Redis, under one clock: every call goes to both, and the answers must be equal.</summary>
internal sealed class StoreTwins(IDatabase database, WalkCounts counts)
{
    private readonly FakeTimeProvider _time = new();
    private readonly VirtualRedis _redis = new(database);
    private readonly List<string> _calls = [];

    // The last event of each job that was compared.
    private readonly Dictionary<string, long> _events = new(StringComparer.Ordinal);
    private InMemoryTaskLeaseStore _memory = null!;

    public async Task BeginAsync()
    {
        _memory = new InMemoryTaskLeaseStore(_time);
        await _redis.ResetAsync(_time.GetUtcNow());
    }

    public async Task<T> SameAsync<T>(string call, Func<ITaskLeaseStore, ValueTask<T>> ask)
    {
        _calls.Add(call);
        counts.AddCompared();
        var asked = ask(_redis.Store).AsTask();
        var (wanted, found) = (await ask(_memory), await asked);
        if (StoreText.Of(wanted) != StoreText.Of(found))
            Assert.Fail($"{call}\n{StoreText.Difference(wanted, found)}\nafter\n{string.Join('\n', _calls.TakeLast(40))}");
        return wanted;
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

    /// <summary>All that can be asked about a job: the questions change nothing, so that all are on their way at once.</summary>
    public async Task CompareAsync(string jobId)
    {
        if (await SameAsync($"job {jobId}", store => store.JobAsync(jobId, default)) is not { } view) return;
        List<Task> questions =
        [
            SameAsync($"running {jobId}", store => store.RunningAsync(jobId, default)),
            SameAsync($"counters {jobId}", store => store.CountersAsync(jobId, default)),
            SameAsync($"result {jobId}", store => store.ResultAsync(jobId, default)),
            SameAsync($"some events {jobId}", store => store.EventsAsync(jobId, 7, 5, default)),
            CompareEventsAsync(jobId),
        ];
        for (var step = 0; step < view.Shape.Steps.Count; step++)
            foreach (var kind in Enum.GetValues<TaskKind>()) questions.AddRange(CompareStage(jobId, step, kind));
        await Task.WhenAll(questions);
    }

    public Task CompareClusterAsync() => Task.WhenAll(
        SameAsync("active", store => store.ActiveAsync(default)),
        SameAsync("workers", store => store.WorkersAsync(default)));

    // Only those since the last time: events never change, and there are thousands of them.
    private async Task CompareEventsAsync(string jobId)
    {
        var after = _events.GetValueOrDefault(jobId);
        var news = await SameAsync($"events {jobId} after {after}", store => store.EventsAsync(jobId, after, 20_000, default));
        foreach (var told in news.Events) counts.AddEvent($"{told.Kind}");
        if (news.Events.Count > 0) _events[jobId] = news.Events[^1].Id;
    }

    private IEnumerable<Task> CompareStage(string jobId, int step, TaskKind kind) =>
    [
        SameAsync($"winners {jobId} {step} {kind}", store => store.WinnersAsync(jobId, step, kind, default)),
        SameAsync($"tasks {jobId} {step} {kind}", store => store.TasksAsync(jobId, step, kind, 0, 1000, default)),
        SameAsync($"some tasks {jobId} {step} {kind}", store => store.TasksAsync(jobId, step, kind, 1, 2, default)),
    ];
}

using AppHost.Tests.Support;
using MapReduce.Local;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Shuffle;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>A job whose tasks wait at gates. Cancelled when the test is left before its end.</summary>
internal sealed class GateRun(FaultCluster cluster, JobSpec spec, string folder, Marks gates) : IAsyncDisposable
{
    private bool _hasEnded;

    public string JobId { get; private set; } = "";

    private int Maps => File.ReadLines(spec.Inputs[0]).Count();

    /// <summary>The line of a map task, counted from 1.</summary>
    public static string Line(int number) => $"line-{number:D5}";

    public async Task SubmitAsync() => JobId = (await cluster.Client.SubmitAsync(spec)).JobId;

    public void OpenMap(int number) => Open($"open-map-{Line(number)}");

    public void OpenMaps() => Open("open-map");

    public void OpenReduces() => Open("open-reduce");

    /// <summary>How often the map task of a line, counted from 1, was begun.</summary>
    public int MapCalls(int number) => gates.Count($"map-{Line(number)}");

    /// <summary>How often any reduce task was begun.</summary>
    public int ReduceCalls() => Directory.GetFiles(Path.Combine(folder, "gates"), "reduce-*").Length;

    public Task<JobStatus> StatusAsync() => cluster.Client.StatusAsync(JobId);

    /// <summary>Waits until so many maps are done, and so many more wait at their gates.</summary>
    public Task MapsAsync(int done, int waiting) => ReachAsync(TaskKind.Map, done, waiting, "map-*");

    /// <summary>Waits until so many reduce tasks wait at their gates, all the others being done.</summary>
    public Task ReducesAsync(int done, int waiting) => ReachAsync(TaskKind.Reduce, done, waiting, "reduce-*");

    /// <summary>Waits until the job counts as one that the store has known: a master may also find one that is only about to be made known.</summary>
    public Task KnownAsync() => Eventually.HoldsAsync(
        async () => TimeProvider.System.GetUtcNow() - (await StatusAsync()).SubmittedAt > TimeSpan.FromSeconds(3), $"job {JobId} is no longer new");

    /// <summary>The whole ledger.</summary>
    public async Task<IReadOnlyList<AttemptEvent>> LedgerAsync()
    {
        var ledger = await cluster.Client.AttemptsAsync(JobId);
        Assert.False(ledger.IsTruncated, $"The ledger of job {JobId} has lost its beginning.");
        return ledger.Events;
    }

    /// <summary>Events of a kind.</summary>
    public async Task<IReadOnlyList<AttemptEvent>> LedgerAsync(AttemptEventKind kind) => [.. (await LedgerAsync()).Where(each => each.Kind == kind)];

    /// <summary>The attempts of a kind of task that run now, as they were granted.</summary>
    public async Task<IReadOnlyList<AttemptEvent>> RunningAsync(TaskKind kind)
    {
        var events = await LedgerAsync();
        var ended = events.Where(each => each.Kind is not (AttemptEventKind.Granted or AttemptEventKind.Backup)).Select(each => each.Token).ToHashSet();
        return [.. events.Where(each => each.Task.Kind == kind && !ended.Contains(each.Token))];
    }

    /// <summary>The folder in which an attempt keeps its files.</summary>
    public string AttemptFolder(AttemptEvent attempt) =>
        WorkDirectory.Attempt(Path.Combine(cluster.Portable.WorkDirectories, attempt.WorkerId), JobId, attempt.Task, attempt.Token);

    /// <summary>Opens all gates, and waits for the job's end: it must succeed with the bytes and the counters of a run without a cluster.</summary>
    public async Task<JobStatus> EndAsync()
    {
        OpenMaps();
        OpenReduces();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var status = await cluster.Client.WaitAsync(JobId, cancellationToken: limit.Token);
        _hasEnded = true;
        Assert.True(status.State == JobState.Succeeded, $"Job {JobId} is {status.State}: {status.Error}\n{cluster.Portable.Output}");
        var local = await LocalAsync();
        Assert.Equal(local.Counters.OrderBy(counter => counter.Key), status.Counters.OrderBy(counter => counter.Key));
        Assert.Equal(Parts(local.Output), Parts(status.Output));
        return status;
    }

    /// <summary>Checks how often each map task was begun, from the first on.</summary>
    public async Task AssertMapCallsAsync(params IReadOnlyList<int> expected)
    {
        var calls = Enumerable.Range(1, expected.Count).Select(MapCalls).ToList();
        Assert.True(calls.SequenceEqual(expected), $"The maps were begun {string.Join(", ", calls)} times, not {string.Join(", ", expected)}:\n{await TellAsync()}");
    }

    /// <summary>Checks that after the job's end each task has had one attempt, and no attempt was lost, stopped or failed.</summary>
    public async Task AssertNoAttemptTwiceAsync()
    {
        var attempts = (await StatusAsync()).Attempts;
        var expected = new AttemptCounts(Started: Maps + spec.Reducers, Failed: 0, Killed: 0, Lost: 0, Backup: 0);
        Assert.True(attempts == expected, $"The attempts were {attempts}, not {expected}:\n{await TellAsync()}");
    }

    /// <summary>The ledger and what the cluster wrote, for the message of a failed test.</summary>
    public async Task<string> TellAsync() => string.Join('\n', [.. (await LedgerAsync()).Select(each => each.ToString()), cluster.Portable.Output]);

    public async ValueTask DisposeAsync()
    {
        if (!_hasEnded && JobId.Length > 0) await cluster.Client.CancelAsync(JobId);
    }

    private void Open(string gate) => File.WriteAllText(Path.Combine(folder, "gates", gate), "");

    private Task ReachAsync(TaskKind kind, int done, int waiting, string marks) => Eventually.HoldsAsync(
        async () => (await StatusAsync()).Tasks.TryGetValue(kind, out var counts) && counts.Done == done && counts.Running == waiting
            && Directory.GetFiles(Path.Combine(folder, "gates"), marks).Length >= done + waiting,
        $"{done} {kind} tasks of job {JobId} are done and {waiting} run");

    private async Task<JobStatus> LocalAsync()
    {
        var options = Gate.Definition.Parse(new Dictionary<string, string>());
        var local = spec with { Options = options, Output = Path.Combine(folder, "local") };
        return await LocalCluster.RunAsync(Gate.Definition.Plan(options), local, new LocalClusterOptions(), progress: null, CancellationToken.None);
    }

    private static IReadOnlyList<string> Parts(string output) =>
        [.. Directory.GetFiles(output, "part-*").Order(StringComparer.Ordinal).Select(part => $"{Path.GetFileName(part)} {Convert.ToBase64String(File.ReadAllBytes(part))}")];
}

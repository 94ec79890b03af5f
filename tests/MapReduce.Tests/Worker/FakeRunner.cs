using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.Tests.Worker;

/// <summary>Attempts that end when the test says so.</summary>
internal sealed class FakeRunner : IAttemptRunner
{
    public static readonly AttemptResult Result = new() { Counters = new CounterSet() };

    public Dictionary<string, TaskCompletionSource<AttemptResult>> Running { get; } = [];

    public Dictionary<string, AttemptProgress> Progress { get; } = [];

    public List<string> Discarded { get; } = [];

    public List<string> DiscardedJobs { get; } = [];

    /// <summary>When true, attempts do not heed their cancellation.</summary>
    public bool IsDeaf { get; set; }

    public string? Refusal { get; set; }

    /// <summary>What the disk says to deletions; null while it obeys.</summary>
    public Exception? DiskRefusal { get; set; }

    public Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var run = Running[lease.Token] = new TaskCompletionSource<AttemptResult>();
        Progress[lease.Token] = progress;
        if (!IsDeaf) cancellationToken.Register(() => run.TrySetCanceled(cancellationToken));
        return run.Task;
    }

    public void Discard(TaskLease lease)
    {
        if (DiskRefusal is { } refusal) throw refusal;
        Discarded.Add(lease.Token);
    }

    public void DiscardJob(string jobId)
    {
        if (DiskRefusal is { } refusal) throw refusal;
        DiscardedJobs.Add(jobId);
    }

    public void Complete(string token = "1.a", AttemptResult? result = null) => Running[token].SetResult(result ?? Result);

    public void Fail(Exception error, string token = "1.a") => Running[token].SetException(error);
}

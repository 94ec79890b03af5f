using MapReduce.Protocol;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling.Memory;

internal sealed partial class JobRecord
{
    private const int LongestError = 4096;

    /// <summary>Ends an attempt as failed; its task waits for a retry, goes on in its twin, or is dead.</summary>
    public FailAnswer Fail(LeaseKey key, AttemptFailure failure, double jitter, long now)
    {
        if (HasEnded || !_runs.TryGetValue(key, out var run)) return FailAnswer.Ignored;
        CountFetchReports(run, failure.FetchFailures ?? [], now);
        var task = Remove(run);
        _attempts.Failed++;
        task.Counted++;
        if (failure.Kind == FailureKind.User) task.Failures++;
        CountWorkerFailure(run.Worker, failure.Kind, now);
        task.LastError = failure.Message.Length <= LongestError ? failure.Message : failure.Message[..LongestError];
        Note(AttemptEventKind.Failed, key, run.Worker, task.LastError);
        return Settle(run, task, failure.IsFinal, now + RetryPolicy.Backoff(task.Counted, jitter).Ticks);
    }

    /// <summary>Ends an attempt without blame.</summary>
    public bool Release(LeaseKey key, long now)
    {
        if (HasEnded || !_runs.TryGetValue(key, out var run)) return false;
        var task = Remove(run);
        _attempts.Killed++;
        Note(AttemptEventKind.Killed, key, run.Worker);
        if (task.Runs.Count == 0) StageOf(key.Task)!.Enqueue(key.Task.Index, task, now);
        return true;
    }

    /// <summary>Gives up the attempts whose leases ran out.</summary>
    /// <returns>How many.</returns>
    public int Reap(long now)
    {
        var before = _attempts.Lost;
        foreach (var run in _runs.Values.Where(run => run.ExpiresAt <= now).OrderBy(run => run.Number).ToArray())
        {
            var task = Remove(run);
            _attempts.Lost++;
            Note(AttemptEventKind.Lost, run.Key, run.Worker);
            // An attempt that was never acknowledged ran no user code: the grant was lost on its way, nobody died.
            if (run.IsAcknowledged)
            {
                task.Deaths++;
                task.Counted++;
                task.LastError = $"worker {run.Worker} fell silent for {Shape.Lease.TotalSeconds} s while it ran attempt {run.Attempt}";
            }
            Settle(run, task, isFinal: false, now);
        }
        return _attempts.Lost - before;
    }

    private FailAnswer Settle(RunRecord run, TaskRecord task, bool isFinal, long retryAt)
    {
        var id = run.Key.Task;
        task.FailedOn = run.Worker;
        var verdict = isFinal ? "another attempt cannot do better" : RetryPolicy.Verdict(Shape, task.Failures, task.Deaths, task.Counted);
        if (verdict is not null)
        {
            Dead ??= new DeadTask(id, $"{task.LastError} (task {id} is dead: {verdict})");
            return FailAnswer.Dead;
        }
        var stage = StageOf(id)!;
        if (task.Runs.Count == 0) stage.Enqueue(id.Index, task, retryAt);
        return FailAnswer.Retried;
    }

    private void CountWorkerFailure(string worker, FailureKind kind, long now)
    {
        if (kind == FailureKind.Fetch) return;
        var row = _failingWorkers.GetValueOrDefault(worker);
        var failures = row.Failures + (kind == FailureKind.User ? 1 : 0);
        _failingWorkers[worker] = new FailureRow(failures, row.IsWorkerFault || kind == FailureKind.Worker, now);
    }
}

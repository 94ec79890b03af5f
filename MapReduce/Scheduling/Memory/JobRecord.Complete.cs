using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

internal sealed partial class JobRecord
{
    private static readonly CounterSet NoCounters = [];

    /// <summary>
    /// The first completion of a task wins; whoever was given up is stale. So is all that comes after a cancel: its worker deletes
    /// it then, where the end of the job may have done so already, and would not come again.
    /// </summary>
    public Completion Complete(LeaseKey key, AttemptResult result, long now)
    {
        if (StageOf(key.Task) is not { } stage) return new(CompleteAnswer.Stale, false);
        var task = stage.Find(key.Task.Index);
        if (task?.Win?.Token == key.Token) return new(CompleteAnswer.Ok, false);
        if (IsCancelled || !_runs.TryGetValue(key, out var run))
        {
            if (!HasEnded) _rejected.Add(key);
            return new(CompleteAnswer.Stale, false);
        }
        stage.Durations.Add(TimeSpan.FromTicks(now - run.StartedAt));
        _failingWorkers.Remove(run.Worker);
        Win(stage, key, run.Worker, result);
        return new(CompleteAnswer.Ok, stage.IsDone);
    }

    /// <summary>Takes the offer of a map output that the store has no memory of.</summary>
    public bool Announce(LeaseKey key, string worker, string fingerprint, AttemptResult result)
    {
        if (HasEnded || IsCancelled || fingerprint != Shape.Fingerprint || key.Task.Kind != TaskKind.Map || key.Task.Step != Step) return false;
        var stage = Current.Map;
        if ((uint)key.Task.Index >= (uint)stage.Total || Current.Reduce.Total == 0) return false;
        if (stage.Find(key.Task.Index)?.Win is { } win) return win.Token == key.Token;
        if (_rejected.Contains(key)) return false;
        Win(stage, key, worker, result);
        return true;
    }

    private void Win(StageRecord stage, LeaseKey key, string worker, AttemptResult result)
    {
        var task = stage.GetOrAdd(key.Task.Index);
        foreach (var run in task.Runs.ToArray())
        {
            var isTwin = run.Key != key;
            Remove(run, isRejected: isTwin);
            if (!isTwin) continue;
            _attempts.Killed++;
            Note(AttemptEventKind.Killed, run.Key, run.Worker);
        }
        stage.Dequeue(key.Task.Index, task);
        stage.SetWin(key.Task.Index, task, new TaskWin(key.Task.Index, key.Token, worker, result with { Counters = NoCounters }));
        task.Counters = _counterTable.Pack(result.Counters);
        _counters.Add(result.Counters);
        Note(AttemptEventKind.Committed, key, worker);
        Advance();
    }
}

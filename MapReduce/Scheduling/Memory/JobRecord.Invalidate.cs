using MapReduce.Protocol;
using MapReduce.Scheduling.Policy;

namespace MapReduce.Scheduling.Memory;

internal sealed partial class JobRecord
{
    /// <summary>Takes a win back and queues its task at once, if the win still stands and is still needed.</summary>
    /// <param name="winner">The attempt that won.</param>
    /// <param name="reason">Why, for the ledger.</param>
    /// <param name="now">The time.</param>
    public bool Invalidate(LeaseKey winner, string reason, long now)
    {
        var id = winner.Task;
        if (HasEnded || id.Step != Step || id.Kind == TaskKind.Sample || StageOf(id) is not { } stage) return false;
        if (stage.Find(id.Index) is not { Win: { } win } task || win.Token != winner.Token) return false;
        var isMapOutput = Current.Output != stage;
        if (isMapOutput && Current.Reduce.IsDone && win.Result.Files.Count == 0) return false;
        stage.ClearWin(id.Index, task);
        Note(AttemptEventKind.Invalidated, winner, win.Worker, reason);
        _counterTable.Subtract(_counters, task.Counters);
        _rejected.Add(winner);
        _fetchReports.Remove(winner);
        stage.Enqueue(id.Index, task, now);
        return true;
    }

    /// <summary>Invalidates map outputs that lie on a worker, at most so many.</summary>
    public int InvalidateWorker(string worker, int max, long now)
    {
        // Output files lie in shared storage, so only map outputs are lost with their worker.
        if (HasEnded || Current.Reduce.IsDone) return 0;
        var lost = Current.Map.WonBy(worker, max);
        foreach (var index in lost)
            Invalidate(new LeaseKey(new TaskId(Step, TaskKind.Map, index), Current.Map.Find(index)!.Win!.Token), InvalidationReason.WorkerLost(worker), now);
        return lost.Length;
    }

    private void CountFetchReports(RunRecord reporter, IReadOnlyList<FetchFailure> failures, long now)
    {
        foreach (var failure in failures)
        {
            var key = new LeaseKey(new TaskId(reporter.Key.Task.Step, TaskKind.Map, failure.Map), failure.Token);
            // A report on an output that was replaced already says nothing of the new one.
            if (StageOf(key.Task)!.Find(failure.Map)?.Win?.Token != failure.Token) continue;
            var reports = _fetchReports[key] = _fetchReports.GetValueOrDefault(key) + 1;
            var isCorrupt = failure.Fault == FetchFault.Corrupt;
            if (FetchPolicy.IsLost(isCorrupt, reports, Current.Reduce.Running))
                Invalidate(key, isCorrupt ? InvalidationReason.Corrupt : InvalidationReason.Unreachable(reports), now);
        }
    }
}

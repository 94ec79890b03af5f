using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

internal sealed partial class JobRecord
{
    /// <summary>Leases tasks: due retries and backups first, then those that the cursor has not reached.</summary>
    public ClaimGrant Claim(ClaimRequest request, long now)
    {
        if (HasEnded || IsCancelled || Dead is not null || Current.Claimable is not { } stage) return ClaimGrant.None;
        var granted = new List<GrantedTask>(Math.Min(request.Max, 16));
        foreach (var index in DueRetries(stage, request, now)) granted.Add(Grant(stage, index, request, now));
        var isBehind = ClaimFresh(stage, request, now, granted);
        return new ClaimGrant(granted, isBehind);
    }

    private List<int> DueRetries(StageRecord stage, ClaimRequest request, long now)
    {
        var due = new List<int>();
        if (stage.NextDue is null) return due;
        foreach (var (dueAt, index) in stage.Queue)
        {
            if (dueAt > now || due.Count == request.Max) break;
            if (MayRun(stage.Find(index)!, request, dueAt, now)) due.Add(index);
        }
        return due;
    }

    private bool MayRun(TaskRecord task, ClaimRequest request, long dueAt, long now)
    {
        // A twin on the same worker would be as slow as the first.
        if (task.Runs.Count > 0) return task.Runs[0].Worker != request.WorkerId;
        var isAvoided = request.AvoidsOwnFailures && task.FailedOn == request.WorkerId && now < dueAt + Shape.Lease.Ticks;
        return !isAvoided;
    }

    /// <returns>True when tasks are left that the request's window does not cover.</returns>
    private bool ClaimFresh(StageRecord stage, ClaimRequest request, long now, List<GrantedTask> granted)
    {
        var window = request.Fresh;
        var isThisStage = window.Step == Step && window.Kind == stage.Kind;
        while (granted.Count < request.Max && stage.Cursor < stage.Total)
        {
            var position = stage.Cursor - window.Start;
            if (!isThisStage || position < 0 || position >= window.Tasks.Count) return true;
            stage.Cursor++;
            // An announced output may have brought the task into being, and done, before its turn.
            var index = window.Tasks[position];
            if (stage.Find(index) is null) granted.Add(Grant(stage, index, request, now));
        }
        return false;
    }

    private GrantedTask Grant(StageRecord stage, int index, ClaimRequest request, long now)
    {
        var task = stage.GetOrAdd(index);
        stage.Dequeue(index, task);
        var isBackup = task.Runs.Count > 0;
        var key = new LeaseKey(new TaskId(Step, stage.Kind, index), $"{++task.Attempts}.{request.Nonce:x16}");
        var run = new RunRecord(key, request.WorkerId, task.Attempts, isBackup, ++_attempts.Started, now, now + Shape.Lease.Ticks);
        if (!isBackup) stage.Running++;
        task.Runs.Add(run);
        _runs.Add(key, run);
        if (isBackup) _attempts.Backup++;
        Note(isBackup ? AttemptEventKind.Backup : AttemptEventKind.Granted, key, request.WorkerId);
        return new GrantedTask(key.Task, key.Token, task.Attempts, isBackup, ReadsVersion(stage));
    }

    private long ReadsVersion(StageRecord stage) =>
        stage.Kind == TaskKind.Reduce ? Current.Map.Version : Step > 0 ? _steps[Step - 1].Output.Version : 0;

    /// <summary>Extends a lease while its attempt was not given up.</summary>
    public RenewAnswer Renew(LeaseKey key, AttemptSnapshot progress, long now)
    {
        if (HasEnded || !_runs.TryGetValue(key, out var run)) return RenewAnswer.Lost;
        // Not extended: a worker that does not obey must not keep its job from ending.
        if (IsCancelled) return RenewAnswer.Cancel;
        run.ExpiresAt = now + Shape.Lease.Ticks;
        run.IsAcknowledged = true;
        run.Progress = progress;
        return RenewAnswer.Ok;
    }

    /// <summary>Queues a twin for a task that has exactly one attempt.</summary>
    public bool Speculate(TaskId id, long now)
    {
        if (HasEnded || StageOf(id) is not { } stage || stage.Find(id.Index) is not { Win: null, QueuedAt: null, Runs.Count: 1 } task) return false;
        stage.Enqueue(id.Index, task, now);
        return true;
    }

    // Takes an attempt off the books. Unless it is to win, its token will never be taken again. The caller says how it is
    // counted and whether the task is queued again.
    private TaskRecord Remove(RunRecord run, bool isRejected = true)
    {
        var stage = StageOf(run.Key.Task)!;
        var task = stage.Find(run.Key.Task.Index)!;
        _runs.Remove(run.Key);
        if (isRejected) _rejected.Add(run.Key);
        task.Runs.Remove(run);
        if (task.Runs.Count == 0) stage.Running--;
        return task;
    }
}

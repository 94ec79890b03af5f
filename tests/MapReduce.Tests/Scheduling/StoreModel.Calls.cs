using System.Collections.Immutable;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Tests.Scheduling;

internal sealed partial record StoreModel
{
    /// <summary>The tasks that a claim must grant, in this order.</summary>
    public IReadOnlyList<TaskId> Claimable(string worker, int max)
    {
        if (IsDead || IsCancelled) return [];
        var kinds = Enum.GetValues<TaskKind>().Where(kind => Stage(Step, kind).Any(task => !IsWon(task))).ToList();
        if (kinds.Count == 0) return [];
        var stage = Stage(Step, kinds[0]).ToList();
        var due = Queue
            .Where(pair => stage.Contains(pair.Key) && pair.Value <= Now && RunsOf(pair.Key).All(run => run.Worker != worker))
            .OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.Index).Select(pair => pair.Key);
        return [.. due.Concat(stage.Where(task => !Begun.Contains(task))).Take(max)];
    }

    public StoreModel Grant(LeaseRef lease, string worker)
    {
        var attempt = new ModelAttempt(lease, worker, ModelState.Running, RunsOf(lease.Task).Any(), false, Now + Shape.Lease);
        return this with { Log = Log.Add(attempt), Queue = Queue.Remove(lease.Task), Begun = Begun.Add(lease.Task) };
    }

    public (RenewAnswer, StoreModel) Renew(LeaseRef lease)
    {
        if (FindRunning(lease) is not { } run) return (RenewAnswer.Lost, this);
        if (IsCancelled) return (RenewAnswer.Cancel, this);
        return (RenewAnswer.Ok, this with { Log = Log.Replace(run, run with { IsAcknowledged = true, Expires = Now + Shape.Lease }) });
    }

    public (CompleteAnswer, StoreModel) Complete(LeaseRef lease)
    {
        if (Find(lease) is { State: ModelState.Won }) return (CompleteAnswer.Ok, this);
        if (IsCancelled || FindRunning(lease) is not { } run) return (CompleteAnswer.Stale, this with { Rejected = Rejected.Add(lease) });
        return (CompleteAnswer.Ok, Win(run));
    }

    public (bool, StoreModel) Announce(LeaseRef lease, string worker)
    {
        var task = lease.Task;
        if (IsCancelled || task.Kind != TaskKind.Map || task.Step != Step || Total(Step, TaskKind.Reduce) == 0) return (false, this);
        if (IsWon(task)) return (Find(lease)?.State == ModelState.Won, this);
        if (Rejected.Contains(lease)) return (false, this);
        if (Find(lease) is { } known)
        {
            if (known.State != ModelState.Running) return (false, this);
            // Whoever announces an output has it.
            var moved = known with { Worker = worker };
            return (true, (this with { Log = Log.Replace(known, moved) }).Win(moved));
        }
        var attempt = new ModelAttempt(lease, worker, ModelState.Lost, false, false, Now);
        return (true, (this with { Log = Log.Add(attempt), Begun = Begun.Add(task) }).Win(attempt));
    }

    public (FailAnswer, StoreModel) Fail(LeaseRef lease, FailureKind kind, bool isFinal, double jitter, FetchFailure? fetch)
    {
        if (FindRunning(lease) is not { } run) return (FailAnswer.Ignored, this);
        var model = fetch is null ? this : Report(lease.Task.Step, fetch);
        model = model with { Log = model.Log.Replace(run, run with { State = ModelState.Failed, Failure = kind }) };
        // 250 ms, doubled with each counted failure up to 30 s, of which half is left to chance.
        var full = Math.Min(30_000, 250 * Math.Pow(2, model.CountedOf(lease.Task) - 1));
        return model.AfterEnd(lease.Task, isFinal, TimeSpan.FromMilliseconds(full * (0.5 + jitter / 2)));
    }

    public (bool, StoreModel) Release(LeaseRef lease)
    {
        if (FindRunning(lease) is not { } run) return (false, this);
        var model = Set(run, ModelState.Released);
        return (true, model.RunsOf(lease.Task).Any() ? model : model.Enqueue(lease.Task, TimeSpan.Zero));
    }

    public StoreModel Reap()
    {
        var isChanged = LastTick is not { } last || Now - last > GuardPause;
        var model = this with { LastTick = Now, GraceUntil = isChanged ? Now + Shape.Lease : GraceUntil };
        if (Now < model.GraceUntil) return model;
        foreach (var run in Log.Where(attempt => attempt.State == ModelState.Running && attempt.Expires <= Now))
            model = model.Set(run, ModelState.Lost).AfterEnd(run.Ref.Task, false, TimeSpan.Zero).Item2;
        return model;
    }

    public (bool, StoreModel) Invalidate(LeaseRef lease)
    {
        var task = lease.Task;
        if (Find(lease) is not { State: ModelState.Won } win || task.Step != Step || task.Kind == TaskKind.Sample) return (false, this);
        var reduces = Total(Step, TaskKind.Reduce);
        if (task.Kind == TaskKind.Map && reduces > 0 && Won(Step, TaskKind.Reduce) == reduces) return (false, this);
        var model = Set(win, ModelState.TakenBack) with { Rejected = Rejected.Add(lease), Reports = Reports.Remove(lease) };
        return (true, model.Enqueue(task, TimeSpan.Zero));
    }

    public (int, StoreModel) InvalidateWorker(string worker)
    {
        var (count, model) = (0, this);
        if (Total(Step, TaskKind.Reduce) == 0) return (0, this);
        foreach (var win in Log.Where(a => a.State == ModelState.Won && a.Worker == worker && a.Ref.Task.Kind == TaskKind.Map && a.Ref.Task.Step == Step))
        {
            (var isDone, model) = model.Invalidate(win.Ref);
            if (isDone) count++;
        }
        return (count, model);
    }

    public (bool, StoreModel) Speculate(TaskId task) =>
        !IsWon(task) && RunsOf(task).Count() == 1 && !Queue.ContainsKey(task) ? (true, Enqueue(task, TimeSpan.Zero)) : (false, this);

    private StoreModel Win(ModelAttempt winner)
    {
        var model = this;
        foreach (var twin in RunsOf(winner.Ref.Task).Where(run => run.Ref != winner.Ref)) model = model.Set(twin, ModelState.Killed);
        return model.Set(winner, ModelState.Won) with { Queue = Queue.Remove(winner.Ref.Task) };
    }

    private StoreModel Report(int step, FetchFailure fetch)
    {
        var output = new LeaseRef(Shape.JobId, new TaskId(step, TaskKind.Map, fetch.Map), fetch.Token);
        if (Find(output) is not { State: ModelState.Won }) return this;
        var model = this with { Reports = Reports.SetItem(output, Reports.GetValueOrDefault(output) + 1) };
        var running = Stage(step, TaskKind.Reduce).Count(task => RunsOf(task).Any());
        var isLost = fetch.Fault == FetchFault.Corrupt || model.Reports[output] >= 3 || model.Reports[output] >= running / 2.0;
        return isLost ? model.Invalidate(output).Item2 : model;
    }

    private (FailAnswer, StoreModel) AfterEnd(TaskId task, bool isFinal, TimeSpan delay)
    {
        var failures = Log.Count(attempt => attempt.Ref.Task == task && attempt is { State: ModelState.Failed, Failure: FailureKind.User });
        if (isFinal || failures >= Shape.MaxAttempts || DeathsOf(task) >= Shape.MaxDeaths || CountedOf(task) >= 20)
            return (FailAnswer.Dead, this with { IsDead = true });
        return (FailAnswer.Retried, RunsOf(task).Any() ? this : Enqueue(task, delay));
    }

    private int DeathsOf(TaskId task) =>
        Log.Count(attempt => attempt.Ref.Task == task && attempt is { State: ModelState.Lost, IsAcknowledged: true });

    private int CountedOf(TaskId task) => DeathsOf(task) + Log.Count(attempt => attempt.Ref.Task == task && attempt.State == ModelState.Failed);

    private StoreModel Enqueue(TaskId task, TimeSpan delay) => this with { Queue = Queue.SetItem(task, Now + delay) };
}

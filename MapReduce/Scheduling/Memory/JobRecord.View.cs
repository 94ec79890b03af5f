using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

internal sealed partial class JobRecord
{
    private JobState State => End?.State ?? (IsDone ? JobState.Committing
        : !Current.Sample.IsDone ? JobState.Planning
        // A map that runs again does not take the job back to an earlier state.
        : !Current.Map.IsDone && Current.Reduce.Cursor == 0 ? JobState.Mapping
        : JobState.Reducing);

    public JobView View(long now)
    {
        var claimable = HasEnded ? null : Current.Claimable;
        return new JobView
        {
            Shape = Shape,
            State = State,
            Step = Step,
            Claimable = claimable?.Kind,
            Sample = Current.Sample.View,
            Map = Current.Map.View,
            Reduce = Current.Reduce.View,
            Running = _runs.Count,
            Attempts = new(_attempts.Started, _attempts.Failed, _attempts.Killed, _attempts.Lost, _attempts.Backup),
            Age = TimeSpan.FromTicks(now - _submittedAt),
            NextRetry = claimable?.NextDue is { } due ? TimeSpan.FromTicks(Math.Max(0, due - now)) : null,
            Boundaries = Current.Sample.Find(0)?.Win?.Result.Boundaries,
            Dead = Dead,
            IsCancelled = IsCancelled,
            FailingWorkers = _failingWorkers.Count == 0 ? [] : FailingWorkers(now),
            Error = End?.Error,
            EndedAt = End?.Date,
        };
    }

    public RunningView RunningView(long now) => new(
        (Current.Claimable ?? Current.Output).Durations.Median(),
        [.. _runs.Values.OrderBy(run => run.Number).Select(run => new RunView(
            run.Key.Task, run.Key.Token, run.Worker, TimeSpan.FromTicks(now - run.StartedAt), run.IsBackup, run.Progress))]);

    public WinnersView Winners(int step, TaskKind kind)
    {
        if (StageOf(new TaskId(step, kind, 0)) is not { } stage || HasEnded) return new WinnersView(0, false, []);
        return new WinnersView(stage.Version, stage.IsDone, stage.Wins());
    }

    public IReadOnlyList<TaskView> Tasks(int step, TaskKind kind, int start, int count)
    {
        if (HasEnded || start < 0 || StageOf(new TaskId(step, kind, 0)) is not { } stage) return [];
        var views = new List<TaskView>();
        for (var index = start; index < stage.Total && views.Count < count; index++)
            views.Add(ViewOf(new TaskId(step, kind, index), stage.Find(index)));
        return views;
    }

    public LedgerView Events(long after, int max) => _ledger.View(after, max);

    private TaskView ViewOf(TaskId id, TaskRecord? task)
    {
        if (task is null) return new TaskView(id, TaskState.Pending, 0, 0, 0, null, 0, null);
        var state = task.Win is not null ? TaskState.Done : Dead?.Task == id ? TaskState.Dead : task.Runs.Count > 0 ? TaskState.Running : TaskState.Pending;
        var worker = task.Win?.Worker ?? task.Runs.FirstOrDefault()?.Worker;
        return new TaskView(id, state, task.Attempts, task.Failures, task.Deaths, worker, task.Win?.Result.Bytes ?? 0, task.LastError);
    }

    public IReadOnlyDictionary<string, long> Counters() => new Dictionary<string, long>(_counters);

    public JobResult? Result() => !IsDone || HasEnded ? null
        : new JobResult([.. _steps.SelectMany((step, number) => step.Winners(number))], Counters());

    private FailingWorker[] FailingWorkers(long now) =>
        [.. _failingWorkers.Select(pair => new FailingWorker(pair.Key, pair.Value.Failures, pair.Value.IsWorkerFault, TimeSpan.FromTicks(now - pair.Value.At)))];
}

using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The books on one job in one lease store.</summary>
internal sealed class JobBook(VirtualWorld world, string jobId, Reports reports, InvalidationReasons reasons, bool isRebuilt)
{
    private readonly Dictionary<TaskId, string> _winners = [];
    private readonly Dictionary<(TaskId Task, string Token), Run> _runs = [];
    private readonly HashSet<(TaskId Task, string Token)> _givenUp = [];
    private readonly HashSet<TaskId> _speculated = [];
    private readonly Dictionary<TaskId, int> _deaths = [];
    private readonly CounterSet _counters = [];
    private bool _isReplayed = !isRebuilt;

    /// <summary>The last event that was entered.</summary>
    public long LastEvent { get; private set; }

    /// <summary>Enters events. Those of a store that was rebuilt are believed.</summary>
    public void Read(IReadOnlyList<AttemptEvent> events, JobView view)
    {
        foreach (var each in events)
        {
            LastEvent = each.Id;
            world.Log($"event {each.Kind} {each.Task} {each.Token} {each.WorkerId} {each.Message}");
            Enter(each, view);
        }

        _isReplayed = true;
    }

    public void Renewed(LeaseRef lease, RenewAnswer answer, JobView view)
    {
        var isRunning = _runs.TryGetValue((lease.Task, lease.Token), out var run);
        if (answer == RenewAnswer.Ok && !isRunning) Fail($"12: {lease.Task} {lease.Token} was renewed although it is not running");
        if (answer == RenewAnswer.Ok && view.IsCancelled) Fail($"12: {lease.Task} {lease.Token} was renewed although the job is cancelled");
        if (answer == RenewAnswer.Lost && isRunning) Fail($"12: {lease.Task} {lease.Token} was called lost although it is running");
        if (answer == RenewAnswer.Ok && isRunning) _runs[(lease.Task, lease.Token)] = new Run(world.Now, IsAcknowledged: true);
    }

    public void Completed(LeaseRef lease, CompleteAnswer answer)
    {
        var isWinner = _winners.GetValueOrDefault(lease.Task) == lease.Token;
        if (isWinner != (answer == CompleteAnswer.Ok)) Fail($"3/13: {lease.Task} {lease.Token} was told {answer}, the winner is {_winners.GetValueOrDefault(lease.Task) ?? "nobody"}");
    }

    public void Speculated(TaskId task)
    {
        var running = RunningOf(task);
        if (running != 1) Fail($"14: {task} is to get a backup beside {running} attempts");
        if (!_speculated.Add(task)) Fail($"14: {task} is to get two backups");
    }

    /// <summary>Compares the store's totals with those of the books.</summary>
    /// <param name="view">The job as the store sees it.</param>
    /// <param name="counters">Its counters there.</param>
    /// <param name="deathsOf">How many of a task's workers died, as the store counts them.</param>
    public void Check(JobView view, IReadOnlyDictionary<string, long> counters, Func<TaskId, int> deathsOf)
    {
        foreach (var (task, deaths) in _deaths)
            if (!isRebuilt && deathsOf(task) != deaths) Fail($"{task} has {deathsOf(task)} deaths, {deaths} of its attempts fell silent after they were acknowledged");
        if (counters.Count != _counters.Count || counters.Any(counter => _counters[counter.Key] != counter.Value))
            Fail($"18: the counters are {Text(counters)}, those of the winners {Text(_counters)}");
        if (view.Map.Done != Done(view.Step, TaskKind.Map) || view.Reduce.Done != Done(view.Step, TaskKind.Reduce))
            Fail($"{view.Map.Done} maps and {view.Reduce.Done} reduces are done, the books have {Done(view.Step, TaskKind.Map)} and {Done(view.Step, TaskKind.Reduce)}");
    }

    private void Enter(AttemptEvent each, JobView view)
    {
        var (task, key) = (each.Task, (each.Task, each.Token));
        switch (each.Kind)
        {
            case AttemptEventKind.Granted or AttemptEventKind.Backup:
                Grant(each, view);
                break;
            case AttemptEventKind.Committed:
                if (_winners.TryGetValue(task, out var first)) Fail($"3: {task} was won by {each.Token} after {first}");
                if (_givenUp.Contains(key)) Fail($"13: {task} {each.Token} won after it was given up");
                _winners[task] = each.Token;
                _counters.Add(reports.Of(jobId, task, each.Token));
                _runs.Remove(key);
                _speculated.Remove(task);
                if (RunningOf(task) > 0) Fail($"14: {task} is won and has an attempt that runs");
                break;
            case AttemptEventKind.Lost:
                if (_runs.TryGetValue(key, out var run) && world.Now - run.RenewedAt < view.Shape.Lease) Fail($"12: {task} {each.Token} was given up {(world.Now - run.RenewedAt).TotalSeconds:F3} s after it was renewed");
                if (!isRebuilt && run.IsAcknowledged && world.DisturbedAt < run.RenewedAt - view.Shape.Lease) Fail($"12: {task} {each.Token} was given up although nothing kept its worker from renewing it");
                // Nobody dies of a grant that was lost on its way.
                _deaths[task] = _deaths.GetValueOrDefault(task) + (run.IsAcknowledged ? 1 : 0);
                GiveUp(key);
                break;
            case AttemptEventKind.Failed or AttemptEventKind.Killed:
                GiveUp(key);
                break;
            case AttemptEventKind.Invalidated:
                if (_winners.GetValueOrDefault(task) != each.Token) Fail($"6: {task} {each.Token} was invalidated, the winner is {_winners.GetValueOrDefault(task) ?? "nobody"}");
                if (_isReplayed) reasons.Check(jobId, each);
                if (_winners.Remove(task, out var lost)) _counters.Add(reports.Of(jobId, task, lost), -1);
                _givenUp.Add(key);
                break;
        }
    }

    private void Grant(AttemptEvent each, JobView view)
    {
        var task = each.Task;
        var (running, isBackup) = (RunningOf(task), each.Kind == AttemptEventKind.Backup);
        if (_winners.TryGetValue(task, out var winner)) Fail($"6/14: {task} was granted to {each.Token} although {winner} had won it");
        if (running != (isBackup ? 1 : 0)) Fail($"14: {each.Kind} of {task} to {each.Token} beside {running} attempts");
        // Whether a backup was asked for before a store went back to another one is not known.
        if (!_speculated.Remove(task) && isBackup && !isRebuilt) Fail($"14: {task} got a backup that nobody asked for");
        if (task.Kind == TaskKind.Reduce && Done(task.Step, TaskKind.Map) is var maps && maps < view.Shape.Steps[task.Step].Maps)
            Fail($"11: {task} was granted with {maps} of {view.Shape.Steps[task.Step].Maps} maps done");
        _runs[(task, each.Token)] = new Run(world.Now, IsAcknowledged: false);
    }

    private int RunningOf(TaskId task)
    {
        var running = 0;
        foreach (var run in _runs.Keys)
            if (run.Task == task) running++;
        return running;
    }

    private int Done(int step, TaskKind kind)
    {
        var done = 0;
        foreach (var task in _winners.Keys)
            if (task.Step == step && task.Kind == kind) done++;
        return done;
    }

    private void GiveUp((TaskId Task, string Token) run)
    {
        _runs.Remove(run);
        _givenUp.Add(run);
    }

    private static string Text(IEnumerable<KeyValuePair<string, long>> counters) =>
        string.Join(", ", counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).Select(counter => $"{counter.Key} {counter.Value}"));

    private void Fail(string what)
    {
        if (_isReplayed) world.Fail(what);
    }

    private readonly record struct Run(TimeSpan RenewedAt, bool IsAcknowledged);
}

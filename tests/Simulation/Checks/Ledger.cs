using MapReduce.Protocol;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>
/// Keeps its own books on what the lease store and the workers do, and fails the simulation at the first entry that breaks
/// a guarantee. The numbers are those of SEMANTICS.md.
/// </summary>
/// <param name="world">Told of what is broken.</param>
/// <param name="maps">Map tasks of the job.</param>
/// <param name="isCalm">True when nothing goes wrong in this run, so that every task must run exactly once.</param>
internal sealed class Ledger(VirtualWorld world, int maps, bool isCalm)
{
    private readonly Dictionary<TaskId, string> _winners = [];
    private readonly HashSet<(TaskId Task, string Token)> _givenUp = [];
    private readonly Dictionary<TaskId, int> _failures = [];
    private readonly Dictionary<TaskId, int> _starts = [];

    public int FailuresOf(TaskId task) => _failures.GetValueOrDefault(task);

    public void Failed(TaskId task) => _failures[task] = FailuresOf(task) + 1;

    /// <summary>The store lost what it knew: wins and losses that it told of before bind it no more.</summary>
    public void Forget()
    {
        _winners.Clear();
        _givenUp.Clear();
    }

    public void Granted(string worker, TaskId task, string token)
    {
        world.Log($"store grants {task} {token} to {worker}");
        if (_winners.TryGetValue(task, out var winner)) world.Fail($"6/14: {task} was granted to {token} although {winner} had won it");
        if (task.Kind == TaskKind.Reduce && MapsDone < maps) world.Fail($"11: {task} was granted with {MapsDone} of {maps} maps done");
    }

    public void Started(TaskLease lease, string worker)
    {
        world.Log($"{worker} starts {lease.Task} {lease.Token}");
        var starts = _starts[lease.Task] = _starts.GetValueOrDefault(lease.Task) + 1;
        if (isCalm && starts > 1) world.Fail($"14: {lease.Task} ran {starts} times although nothing went wrong");
        if (lease.Task.Kind == TaskKind.Reduce && lease.MapOutputs?.Select(output => output.Map).SequenceEqual(Enumerable.Range(0, maps)) != true)
            world.Fail($"11: {lease.Task} {lease.Token} started without all {maps} map outputs");
    }

    public void Renewed(LeaseRef lease, RenewAnswer answer)
    {
        if (answer == RenewAnswer.Ok) return;
        world.Log($"store says {answer} to {lease.Task} {lease.Token}");
        if (answer == RenewAnswer.Lost && _winners.GetValueOrDefault(lease.Task) != lease.Token) _givenUp.Add((lease.Task, lease.Token));
    }

    /// <summary>What the store said; a store that has closed the job no longer knows its winners.</summary>
    public void Completed(LeaseRef lease, CompleteAnswer answer, bool hasEnded)
    {
        world.Log($"store says {answer} to the completion of {lease.Task} {lease.Token}");
        var isWinner = _winners.GetValueOrDefault(lease.Task) == lease.Token;
        if (isWinner && answer == CompleteAnswer.Stale && !hasEnded) world.Fail($"3: the winner {lease.Token} of {lease.Task} was called stale");
        if (!isWinner && answer == CompleteAnswer.Ok && _givenUp.Contains((lease.Task, lease.Token))) world.Fail($"13: {lease.Task} {lease.Token} won after its lease was given away");
    }

    /// <summary>Compares the winners after a call with those before it.</summary>
    /// <param name="winners">The winners now.</param>
    /// <param name="fileMissing">Whether the file of a winning reduce is not there.</param>
    public void Observe(IReadOnlyDictionary<TaskId, string> winners, Func<TaskId, string, bool> fileMissing)
    {
        foreach (var (task, before) in _winners)
        {
            if (!winners.TryGetValue(task, out var now)) Lose(task, before, fileMissing);
            else if (now != before) world.Fail($"3: {task} was won by {now} after {before}");
        }

        _winners.Clear();
        foreach (var (task, token) in winners) _winners[task] = token;
    }

    private void Lose(TaskId task, string token, Func<TaskId, string, bool> fileMissing)
    {
        world.Log($"store invalidates {task} {token}");
        _givenUp.Add((task, token));
        if (task.Kind == TaskKind.Reduce && !fileMissing(task, token)) world.Fail($"6: {task} lost its winner {token}, whose output is there");
    }

    private int MapsDone => _winners.Keys.Count(task => task.Kind == TaskKind.Map);
}

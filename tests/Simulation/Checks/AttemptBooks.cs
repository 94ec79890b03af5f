using MapReduce.Protocol;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The books on what workers run.</summary>
/// <param name="world">Told of what is broken.</param>
/// <param name="isCalm">Whether nothing goes wrong in this run, so that every task must run exactly once.</param>
internal sealed class AttemptBooks(VirtualWorld world, Func<bool> isCalm) : IAttemptWatch
{
    private const int MostDeaths = 8;

    private readonly Dictionary<(string JobId, TaskId Task), int> _failures = [], _starts = [];
    private int _deaths;

    public int FailuresOf(string jobId, TaskId task) => _failures.GetValueOrDefault((jobId, task));

    public void Started(TaskLease lease, string worker)
    {
        world.Log($"{worker} starts {lease.Task} {lease.Token}");
        var starts = _starts[(lease.JobId, lease.Task)] = _starts.GetValueOrDefault((lease.JobId, lease.Task)) + 1;
        if (isCalm() && starts > 1) world.Fail($"14: {lease.Task} ran {starts} times although nothing went wrong");
        if (lease.Task.Kind == TaskKind.Reduce && lease.MapOutputs?.Select(output => output.Map).SequenceEqual(Enumerable.Range(0, lease.MapOutputs.Count)) != true)
            world.Fail($"11: {lease.Task} {lease.Token} started without all map outputs");
    }

    public void Failed(TaskLease lease) => _failures[(lease.JobId, lease.Task)] = FailuresOf(lease.JobId, lease.Task) + 1;

    public bool MayDie() => ++_deaths <= MostDeaths;
}

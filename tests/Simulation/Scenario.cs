using System.Text;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;
using Simulation.Checks;
using Simulation.Cluster;
using Simulation.Disk;
using Simulation.Faults;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation;

/// <summary>One simulated schedule: a job, sometimes two, on a small cluster to which things happen, all of it drawn from a seed.</summary>
internal sealed class Scenario
{
    // Blows fall in the first 65 s and last up to 45: from then on only rates are left to slow a job down.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly VirtualWorld _world;
    private readonly SimDisk _disk;
    private readonly FaultProfile _faults;
    private readonly Dictionary<SimJob, OutputAudit> _outputs;
    private readonly SimCluster _cluster;
    private readonly List<SimUser> _users;
    private bool _isAimed, _hasKilled;

    /// <param name="seed">Decides everything.</param>
    /// <param name="without">The names of faults to leave out.</param>
    /// <param name="isTraced">True to keep a trace.</param>
    /// <param name="failPoint">Where the first process to come there dies; null for nowhere in particular.</param>
    public Scenario(int seed, IReadOnlySet<string>? without = null, bool isTraced = false, (FailPoint Point, Moment Moment)? failPoint = null)
    {
        _world = new VirtualWorld(seed, isTraced);
        _disk = new SimDisk(_world);
        _faults = FaultProfile.Draw(seed, without ?? new HashSet<string>());
        _world.Log($"seed {seed}: {_faults}");
        _disk.Outside.CreateDirectory(SimMaster.DataFolder);
        var people = People.Draw(_world, _disk.Outside, _faults);
        _outputs = people.Outputs(_world, _disk.Outside);
        var ids = people.Jobs.Select(job => job.Id).Distinct().ToList();
        var commits = new CommitWatch(_world, _outputs);
        var reports = new Reports();
        var clocksApart = _faults.IsSkewed ? _world.Between(-5, 5) : TimeSpan.Zero;
        var departed = new HashSet<string>();
        var store = new StoreServers(_world, clocksApart, each => new StoreBooks(_world, each, ids, reports, new InvalidationReasons(_world, departed, IsPartThere)));
        _cluster = new SimCluster(_world, _disk, store, _faults, commits, new AttemptBooks(_world, () => _faults.IsCalm && !_isAimed), people.Plan);
        if (failPoint is { } point) KillAt(point.Point, point.Moment);
        var blows = new Blows(_world, _cluster, _disk, _faults, people.Jobs, job => reports.Complete.Contains(job.Id));
        foreach (var output in _outputs.Values) output.Decided = blows.Decided;
        blows.Schedule();
        _users = people.Start(_world, _cluster.Network);
    }

    /// <summary>Runs a seed to its end.</summary>
    public static ScenarioResult Run(int seed, IReadOnlySet<string>? without = null, bool isTraced = false, (FailPoint Point, Moment Moment)? failPoint = null)
    {
        var scenario = new Scenario(seed, without, isTraced, failPoint);
        scenario.Run();
        return new ScenarioResult(
            seed, scenario._world.Failure, string.Join(", ", scenario._users.Select(user => user.Final?.State.ToString() ?? "Refused")), scenario._world.Steps, scenario._faults.Names, scenario._hasKilled, scenario._world.Reached, scenario._world.Trace);
    }

    private void KillAt(FailPoint point, Moment moment)
    {
        _isAimed = true;
        void Arm(Node node) => node.AtFailPoint = (at, when) =>
        {
            if (_hasKilled || at != point || when != moment) return;
            _hasKilled = true;
            node.Kill();
        };

        _cluster.NodeStarted = Arm;
        foreach (var node in _cluster.Nodes) Arm(node);
    }

    private void Run()
    {
        try
        {
            RunToEnd();
        }
        catch (Exception broken)
        {
            // What no node could catch.
            _world.Fail(broken.ToString());
        }
    }

    private void RunToEnd()
    {
        if (!_world.Run(() => _users.TrueForAll(user => user.IsDone), Longest))
        {
            _world.Fail($"not every job ended in {_world.Now.TotalSeconds:F0} s");
            return;
        }

        // Zombies, late messages and masters that come back have some time to do damage.
        _faults.End();
        // What was to befall a node at its next fail-points comes too late.
        foreach (var node in _cluster.Nodes.Where(_ => !_isAimed)) node.AtFailPoint = null;
        _world.Run(() => _world.Pending == 0, _world.Now + Longest);
        // A claim that was lost is asked again after 25 s, for as many tasks as then, and that is answered after 20 s more.
        var isLong = _world.Chance(_cluster.HadDeath ? _faults.Scope.Watched / 8 : _faults.Scope.Watched);
        var end = _world.Now + (isLong ? TimeSpan.FromSeconds(55) : _faults.Scope.QuietEnd);
        _world.Run(() => _world.Now >= end, end + TimeSpan.FromSeconds(1));
        foreach (var user in _users) CheckEnd(user);
        if (isLong) CheckCluster();
    }

    private void CheckEnd(SimUser user)
    {
        if (_world.Failure is not null) return;
        var job = user.Job;
        var output = _outputs[job];
        if (user.Refused is { } refused)
        {
            var isTaken = _users.Any(other => other.Job != job && other.Job.Spec.Output == job.Spec.Output);
            if (!_cluster.MayDiskFail && !(isTaken && refused.IsConflict)) _world.Fail($"{job.Name} was refused: {refused.Message}");
            return;
        }

        var final = user.Final!;
        if (final.State == JobState.Succeeded)
        {
            if (!output.IsCommitted(job)) _world.Fail($"19: {job.Name} succeeded without an outcome that commits");
            if (output.Last == job && !output.IsRight(job)) _world.Fail($"19: {job.Name} succeeded without its output: {OutputAudit.Names(output.Visible())}");
            CheckCounters(job, final.Counters);
        }
        else if (output.IsCommitted(job))
        {
            _world.Fail($"5: {job.Name} ended as {final.State} with an outcome that commits");
        }

        if (final.State == JobState.Failed && _faults.Poison is null && !_cluster.MayDiskFail) _world.Fail($"{job.Name} failed without a reason: {final.Error}");
        if (final.State == JobState.Succeeded && _faults.Poison is not null) _world.Fail($"19: {job.Name}, with code that always fails, succeeded");
        var isCancelled = _users.Any(each => each.Job == job && each.Cancelled == CancelAnswer.Cancelled);
        if ((final.State == JobState.Cancelled) != isCancelled) _world.Fail($"{job.Name} ended as {final.State}, cancelled: {isCancelled}");
    }

    private void CheckCounters(SimJob job, IReadOnlyDictionary<string, long> counters)
    {
        foreach (var name in job.Tiny.Counters.Keys.Union(counters.Keys))
        {
            var (is_, expected) = (counters.GetValueOrDefault(name), job.Tiny.Counters.GetValueOrDefault(name));
            if (is_ != expected) _world.Fail($"18: counter {name} of {job.Name} is {is_}, that of a sequential run {expected}");
        }
    }

    private void CheckCluster()
    {
        // A straggler may be busy still, with what nobody wants any more.
        if (_faults.Names.Contains(nameof(Fault.Straggler))) return;
        foreach (var worker in _cluster.Workers)
            if (worker.LacksSlots(_world.Now)) _world.Fail($"{worker.Node.Name} has nothing to do and does not ask for as many tasks as it has slots");
        // What a dead node had not deleted is for the sweeper of dead workers' folders. A submission that a full disk cut short keeps
        // its claim: another master may have got further with it, and the same key goes on from there.
        if (_cluster.HadDeath || _cluster.MayDiskFail) return;
        var left = _disk.AllFiles().Where(path => path.Contains("/_temporary/", StringComparison.Ordinal) || path.StartsWith("/scratch/", StringComparison.Ordinal)).ToList();
        if (left.Count > 0) _world.Fail($"5: files were left behind: {string.Join(", ", left)}");
    }

    private bool IsPartThere(string jobId, TaskId task, string token)
    {
        var job = _outputs.Keys.First(each => each.Id == jobId);
        var name = $"part-{(task.Kind == TaskKind.Map ? 'm' : 'r')}-{task.Index:D5}";
        return _disk.Outside.Find($"{OutputPaths.Attempt(job.Spec.Output, jobId, task, token)}/{name}") is not null;
    }
}

/// <summary>How a seed went.</summary>
/// <param name="Seed">The seed; it replays the run exactly.</param>
/// <param name="Failure">What broke; null when nothing did.</param>
/// <param name="State">How the jobs ended.</param>
/// <param name="Steps">Work items that ran.</param>
/// <param name="Faults">The names of the faults that were there.</param>
/// <param name="HasKilled">True when a process came to the fail-point where it was to die.</param>
/// <param name="Reached">The fail-points that were come to, each before and after.</param>
/// <param name="Trace">What happened, if a trace was kept.</param>
internal sealed record ScenarioResult(int Seed, string? Failure, string State, int Steps, IReadOnlyList<string> Faults, bool HasKilled, System.Collections.BitArray Reached, Trace Trace);

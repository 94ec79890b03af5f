using System.Text;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;
using Simulation.Checks;
using Simulation.Cluster;
using Simulation.Job;
using Simulation.World;

namespace Simulation;

/// <summary>One simulated run of one job, all of it drawn from a seed.</summary>
internal sealed class Scenario
{
    private const string Output = "/data/out", Key = "one submit";

    private readonly VirtualWorld _world;
    private readonly InMemoryFileSystem _disk;
    private readonly FaultProfile _faults;
    private readonly TinyText _text;
    private readonly OutputAudit _output;
    private readonly SimCluster _cluster;
    private readonly SimUser _user;

    private Scenario(int seed)
    {
        _world = new VirtualWorld(seed);
        _disk = new InMemoryFileSystem(_world.Outside.Time);
        _text = TinyText.Write(_world, _disk, "/data/in");
        _faults = FaultProfile.Draw(_world);
        _world.Log($"seed {seed}: {_text.Splits.Count} maps, {_text.Reducers} reduces, {_faults}");
        var hasOld = WriteOld();
        var jobId = JobJournal.JobId(Key);
        var store = new InMemoryTaskLeaseStore(_world.Outside.Time);
        var ledger = new Ledger(_world, _text.Splits.Count, _faults.IsCalm);
        var audit = new StoreAudit(store, ledger, _disk, Output, jobId);
        _output = new OutputAudit(_world, _disk, Output, jobId, _text, hasOld);
        _cluster = new SimCluster(_world, _disk, store, _faults, _text, ledger, audit, _output);
        _user = new SimUser(_world, _cluster.Network, Spec(hasOld), Key, _faults.CancelAt);
        _user.Start();
        new Blows(_world, _cluster, store, audit, _output, _disk, _faults).Schedule();
    }

    /// <summary>Runs a seed to its end.</summary>
    public static ScenarioResult Run(int seed)
    {
        var scenario = new Scenario(seed);
        scenario.Run();
        return new ScenarioResult(seed, scenario._world.Failure, scenario._user.Final?.State, scenario._world.Steps, scenario._world.Trace);
    }

    private void Run()
    {
        if (!_world.Run(() => _user.Final is not null, TimeSpan.FromMinutes(60)))
        {
            _world.Fail($"the job did not end in {_world.Now.TotalSeconds:F0} s");
            return;
        }

        // Zombies, late messages and masters that come back have a minute to do damage.
        var end = _world.Now + TimeSpan.FromSeconds(90);
        _world.Run(() => _world.Now >= end, end + TimeSpan.FromSeconds(1));
        if (_world.Failure is null) CheckEnd(_user.Final!);
    }

    private void CheckEnd(JobStatus final)
    {
        var visible = _output.Visible();
        if (final.State == JobState.Succeeded)
        {
            if (!_output.IsComplete(visible)) _world.Fail($"19: the job succeeded without its output: {OutputAudit.Names(visible)}");
            CheckCounters(final.Counters);
        }
        else if (!_output.IsUntouched(visible))
        {
            _world.Fail($"5: a job that ended as {final.State} changed the output: {OutputAudit.Names(visible)}");
        }

        if (final.State == JobState.Failed && _faults.Poison is null) _world.Fail($"the job failed without a reason: {final.Error}");
        if (final.State == JobState.Succeeded && _faults.Poison is not null) _world.Fail("19: a job with a mapper that always fails succeeded");
        if ((final.State == JobState.Cancelled) != (_user.Cancelled == CancelAnswer.Cancelled)) _world.Fail($"the job ended as {final.State} after the answer {_user.Cancelled} to cancel");
        CheckLeftovers();
    }

    private void CheckCounters(IReadOnlyDictionary<string, long> counters)
    {
        var expected = new Dictionary<string, long>
        {
            [CounterNames.MapInputRecords] = _text.Lines,
            [CounterNames.MapOutputRecords] = _text.WordCount,
            [CounterNames.ReduceInputRecords] = _text.WordCount,
            [CounterNames.ReduceOutputRecords] = _text.Distinct,
        };
        foreach (var (name, value) in expected)
        {
            if (counters.GetValueOrDefault(name) != value) _world.Fail($"18: counter {name} is {counters.GetValueOrDefault(name)}, the winners' sum is {value}");
        }
    }

    private void CheckLeftovers()
    {
        // What a dead node had not deleted is for the sweeper of dead workers' folders.
        if (_cluster.HadDeath) return;
        var left = _disk.AllFiles().Where(path => path.StartsWith(Output + "/_temporary", StringComparison.Ordinal) || path.StartsWith("/scratch/", StringComparison.Ordinal)).ToList();
        if (left.Count > 0) _world.Fail($"5: files were left behind: {string.Join(", ", left)}");
    }

    private bool WriteOld()
    {
        if (!_world.Chance(0.2)) return false;
        _disk.CreateDirectory(Output);
        foreach (var name in OutputAudit.OldNames) _disk.WriteAll($"{Output}/{name}", Encoding.UTF8.GetBytes(OutputAudit.OldContent), exclusive: false, sync: false);
        return true;
    }

    private static JobSpec Spec(bool overwrite) => new()
    {
        Job = "wordcount",
        Inputs = ["/data/in"],
        Output = Output,
        Overwrite = overwrite,
        MaxDeaths = 100,
        Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)],
    };
}

/// <summary>How a seed went.</summary>
/// <param name="Seed">The seed; it replays the run exactly.</param>
/// <param name="Failure">What broke; null when nothing did.</param>
/// <param name="State">How the job ended.</param>
/// <param name="Steps">Work items that ran.</param>
/// <param name="Trace">What happened.</param>
internal sealed record ScenarioResult(int Seed, string? Failure, JobState? State, int Steps, Trace Trace)
{
    public string Describe() => $"seed {Seed} failed: {Failure}\nreplay: dotnet run --project tests/Simulation -- --seed {Seed}\n{Trace.Tail(60)}";
}

using System.Text;
using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Storage;
using Simulation.Checks;
using Simulation.Faults;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>
/// Who submits what. Mostly one user with one job; sometimes two who submit the same under one key, or two jobs, which may
/// want the same output directory, at once or one after the other.
/// </summary>
internal sealed class People
{
    private static readonly string[] OldNames = ["_SUCCESS", "part-r-00000", "part-r-00009"];

    private readonly FaultProfile _faults;
    private readonly bool _isSecondLate;

    private People(FaultProfile faults, IReadOnlyList<SimJob> submits, bool isSecondLate)
    {
        (_faults, _isSecondLate) = (faults, isSecondLate);
        Submits = submits;
        Jobs = [.. submits.Distinct()];
    }

    /// <summary>What each user submits.</summary>
    public IReadOnlyList<SimJob> Submits { get; }

    /// <summary>The jobs, each once.</summary>
    public IReadOnlyList<SimJob> Jobs { get; }

    public static People Draw(VirtualWorld world, IFileSystem disk, FaultProfile faults)
    {
        var what = world.Chance(faults.Scope.LoneJobs) ? 0 : world.Random.NextDouble();
        var hasOld = world.Chance(0.2);
        if (hasOld) WriteOld(disk, "/data/out-1");
        var first = Create(world, disk, faults.Scope.Jobs, 1, "/data/out-1", hasOld);
        return what switch
        {
            < 0.55 => new People(faults, [first], false),
            < 0.65 => new People(faults, [first, first], false),
            < 0.8 => new People(faults, [first, Create(world, disk, faults.Scope.Jobs, 2, "/data/out-2", false)], false),
            < 0.9 => new People(faults, [first, Create(world, disk, faults.Scope.Jobs, 2, "/data/out-1", hasOld)], false),
            _ => new People(faults, [first, Create(world, disk, faults.Scope.Jobs, 2, "/data/out-1", overwrite: true)], true),
        };
    }

    /// <summary>The audit of each job's output directory.</summary>
    public Dictionary<SimJob, OutputAudit> Outputs(VirtualWorld world, IFileSystem disk)
    {
        var audits = Jobs.GroupBy(job => job.Spec.Output).ToDictionary(group => group.Key, group => new OutputAudit(world, disk, group.Key, [.. group]));
        return Jobs.ToDictionary(job => job, job => audits[job.Spec.Output]);
    }

    /// <summary>The plan of a submitted job.</summary>
    public InputPlan Plan(JobSpec spec) => Jobs.First(job => job.Spec.Inputs[0] == spec.Inputs[0]).Plan;

    public List<SimUser> Start(VirtualWorld world, Network network)
    {
        var users = new List<SimUser>();
        foreach (var job in Submits)
        {
            var waitsFor = _isSecondLate && users.Count > 0 ? users[0] : null;
            users.Add(new SimUser(world, $"user{users.Count + 1}", network, job, waitsFor, users.Count == 0 ? _faults.CancelAt : null));
        }

        foreach (var user in users) user.Start();
        return users;
    }

    private static SimJob Create(VirtualWorld world, IFileSystem disk, IReadOnlyList<TinyJob> jobs, int number, string output, bool overwrite)
    {
        var tiny = jobs[world.Random.Next(jobs.Count)];
        var input = $"/data/in-{number}";
        var plan = tiny.WriteInputs(disk, input);
        return new SimJob($"job {number}", tiny, plan, tiny.Spec(input, output) with { Overwrite = overwrite, MaxDeaths = 100 });
    }

    private static void WriteOld(IFileSystem disk, string output)
    {
        disk.CreateDirectory(output);
        foreach (var name in OldNames) disk.WriteAll($"{output}/{name}", Encoding.UTF8.GetBytes("old"), exclusive: false, sync: false);
    }
}

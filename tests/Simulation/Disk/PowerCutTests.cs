using System.Text;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>The power goes after each change of a name in turn, at one machine or at all; another carries on with what is left.</summary>
public class PowerCutTests
{
    private const int Seeds = 20;
    private const string Job = "0123456789abcdef0123456789abcdef", Output = "/data/out", Part = "part-r-00000";
    private static readonly TaskId Task = new(0, TaskKind.Reduce, 0);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Commit_PowerCutAfterAnyChange_IsCarriedOnFromThere(bool hasOld, bool isEverywhere)
    {
        var changes = Cut(hasOld, isEverywhere, seed: 0, at: int.MaxValue);
        Assert.True(changes > 20);
        for (var at = 1; at <= changes; at++)
            for (var seed = 0; seed < Seeds; seed++) Cut(hasOld, isEverywhere, seed, at);
    }

    private static int Cut(bool hasOld, bool isEverywhere, int seed, int at)
    {
        var world = new VirtualWorld(seed);
        var disk = new SimDisk(world);
        var (one, two) = (new Node(world, "m1"), new Node(world, "m2"));
        disk.Outside.CreateDirectory("/data");
        if (hasOld) WriteOld(disk.Outside);
        var changes = 0;
        var told = new Told();
        try
        {
            Run(disk.ViewOf(one, () =>
            {
                if (++changes == at) one.Kill();
            }), "1.a", told, hasOld);
        }
        catch (NodeDiedException)
        {
        }

        one.Kill();
        disk.LosePower(node => isEverywhere || node == one);
        var what = $"{(isEverywhere ? "all" : "one")} cut after {changes} changes, seed {seed}";
        if (told.Outcome is { } outcome) Assert.True(outcome == Winner(disk.Outside), $"{what}: the outcome changed from {outcome}");
        if (told.IsDone) Assert.True(IsDone(disk.Outside), $"{what}: what was done is not: {string.Join(' ', disk.AllFiles())}");
        Run(disk.ViewOf(two, () => { }), "2.b", new Told(), hasOld);
        Assert.True(IsDone(disk.Outside), $"{what}: it was not carried on: {string.Join(' ', disk.AllFiles())}");
        return changes;
    }

    // What a master and a worker do for one job, on one machine.
    private static void Run(IFileSystem files, string token, Told told, bool hasOld)
    {
        var store = Open(files);
        store.Claim(Job, new JobSpec { Job = "wordcount", Inputs = ["/data/in"], Output = Output, Overwrite = hasOld, Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)] });
        if (store.Outcome(Job) is not { } outcome)
        {
            using (var part = store.Create(Output, Job, Task, token, Part)) part.Write(Encoding.UTF8.GetBytes(token));
            store.Seal(Output, Job, Task, token);
            var winner = new Winner(Task, token, [new OutputFile(Part, token.Length, 1, 0)]);
            Assert.Empty(store.Missing(Output, Job, [winner]));
            outcome = store.Publish(Job, new JobOutcome { Kind = OutcomeKind.Commit, Output = Output, Job = "wordcount", Winners = [winner] });
        }

        told.Outcome = outcome.Winners[0].Token;
        store.CarryOut(Job, outcome);
        told.IsDone = true;
    }

    private static bool IsDone(IFileSystem files) =>
        Winner(files) is { } winner
        && files.TryReadAll($"{Output}/{Part}") is { } part && Encoding.UTF8.GetString(part) == winner
        && files.TryReadAll($"{Output}/_SUCCESS") is { } success && Encoding.UTF8.GetString(success).Contains(Job, StringComparison.Ordinal)
        && files.Find($"{Output}/part-r-00009") is null
        && !Open(files).IsClaimedBy(Job, Output);

    private static string? Winner(IFileSystem files) => Open(files).Outcome(Job)?.Winners[0].Token;

    private static void WriteOld(IFileSystem files)
    {
        files.CreateDirectory(Output);
        foreach (var name in new[] { "_SUCCESS", Part, "part-r-00009" }) files.WriteAll($"{Output}/{name}", "old"u8, exclusive: true, sync: false);
    }

    private static FileOutputStore Open(IFileSystem files) => new(files, "/master", OutputDurability.Machine);

    /// <summary>What the first machine was told before its power went: it holds from then on.</summary>
    private sealed class Told
    {
        public string? Outcome { get; set; }

        public bool IsDone { get; set; }
    }
}

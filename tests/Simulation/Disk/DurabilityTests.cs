using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;
using Simulation.World;

namespace Simulation.Disk;

/// <summary>
/// What was said to be done outlives the power of any machine, and of all; so does what somebody did because another said
/// it. One test is one way in which a sync may lack.
/// </summary>
public class DurabilityTests
{
    private const int Seeds = 50;
    private const string Data = "/master", Output = "/data/out";
    private static readonly TaskId Task = new(0, TaskKind.Reduce, 0);

    [Fact]
    public void Claim_AllLosePower_KeepsTheOutput() => ForEachSeed((machines, job) =>
    {
        machines.One.Claim(job, Spec);
        machines.Disk.LosePower(_ => true);
        Assert.True(machines.Outside.IsClaimedBy(job, Output));
    });

    [Fact]
    public void Claim_TakenByAMasterThatDied_IsKept() => ForEachSeed((machines, job) =>
    {
        machines.KillOneAfter(FailPoint.OwnerLink, store => store.Claim(job, Spec));
        machines.Two.Claim(job, Spec);
        machines.Disk.LosePower(_ => true);
        Assert.True(machines.Outside.IsClaimedBy(job, Output));
    });

    [Fact]
    public void Publish_AllLosePower_KeepsTheOutcome() => ForEachSeed((machines, job) =>
    {
        machines.One.Publish(job, Outcome(OutcomeKind.Failed));
        machines.Disk.LosePower(_ => true);
        Assert.Equal(OutcomeKind.Failed, machines.Outside.Outcome(job)?.Kind);
    });

    [Fact]
    public void Outcome_OfAMasterThatDied_IsThereForWhoReadIt() => ForEachSeed((machines, job) =>
    {
        machines.KillOneAfter(FailPoint.OutcomeLink, store => store.Publish(job, Outcome(OutcomeKind.Cancelled)));
        Assert.NotNull(machines.Two.Outcome(job));
        machines.Disk.LosePower(_ => true);
        Assert.NotNull(machines.Outside.Outcome(job));
    });

    [Fact]
    public void Outcome_GoneBeforeItsReaderSynced_IsNotRead() => ForEachSeed((machines, job) =>
    {
        machines.KillOneAfter(FailPoint.OutcomeLink, store => store.Publish(job, Outcome(OutcomeKind.Commit)));
        machines.TwoNode.AfterFailPoints(1, () => machines.Disk.LosePower(node => node == machines.OneNode), (point, _) => point == FailPoint.JobFolderSync);
        var read = machines.Two.Outcome(job);
        Assert.Equal(machines.Outside.Outcome(job) is null, read is null);
    });

    [Fact]
    public void End_OfAMasterThatDied_IsThereForWhoReadIt() => ForEachSeed((machines, job) =>
    {
        machines.OneNode.AfterFailPoints(1, machines.OneNode.Kill, (point, moment) => point == FailPoint.EndedLink && moment == Moment.After);
        var end = new JournalEnd(JobState.Cancelled, null, VirtualWorld.Start, new Dictionary<string, long>());
        Assert.Throws<NodeDiedException>(() => Journal(machines.OneNode).PublishEnd(job, end));
        Assert.NotNull(Journal(machines.TwoNode).FindEnd(job));
        machines.Disk.LosePower(_ => true);
        Assert.NotNull(Journal(new Node(machines.World, "m3")).FindEnd(job));

        JobJournal Journal(Node node) => new(machines.Disk.ViewOf(node, () => { }), Data, isDurable: true);
    });

    [Fact]
    public void CarryOut_AllLosePower_LeavesTheOutputAndNoOwner() => ForEachSeed((machines, job) =>
    {
        machines.One.Claim(job, Spec);
        using (var part = machines.Two.Create(Output, job, Task, "1.a", "part-r-00000")) part.Write("abcd"u8);
        machines.Two.Seal(Output, job, Task, "1.a");
        var winner = new Winner(Task, "1.a", [new OutputFile("part-r-00000", 4, 1, 0)]);
        machines.One.CarryOut(job, machines.One.Publish(job, Outcome(OutcomeKind.Commit) with { Winners = [winner] }));
        machines.Disk.LosePower(_ => true);
        Assert.Equal(["_SUCCESS", "part-r-00000"], Visible(machines.Disk));
        Assert.False(machines.Outside.IsClaimedBy(job, Output));
    });

    [Fact]
    public void CarryOut_DoneByAMasterThatDied_IsNotDoneAgain() => ForEachSeed((machines, job) =>
    {
        machines.One.Claim(job, Spec);
        var outcome = machines.One.Publish(job, Outcome(OutcomeKind.Commit));
        machines.KillOneAfter(FailPoint.CommittedLink, store => store.CarryOut(job, outcome));
        machines.Two.CarryOut(job, outcome);
        machines.Disk.LosePower(_ => true);
        Assert.NotNull(machines.Disk.Outside.Find($"{Data}/jobs/{job}/committed"));
    });

    [Fact]
    public void Submit_JournaledByAMasterThatDied_IsDurableWhenAnswered() => ForEachSeed((machines, key) =>
    {
        var dying = machines.Coordinator(machines.OneNode);
        machines.OneNode.AtFailPoint = (point, moment) =>
        {
            if (point == FailPoint.JobLink && moment == Moment.After) machines.OneNode.Kill();
        };
        Assert.True(dying.SubmitAsync(Spec, key, JobOrigin.Unknown, default).AsTask().IsFaulted);
        var jobId = machines.Coordinator(machines.TwoNode).SubmitAsync(Spec, key, JobOrigin.Unknown, default).AsTask().Result;
        machines.Disk.LosePower(_ => true);
        Assert.NotNull(new JobJournal(machines.Disk.Outside, Data, isDurable: true).Find(jobId));
    });

    [Fact]
    public void DataFolderId_OfAMasterThatDied_StaysTheSame() => ForEachSeed((machines, _) =>
    {
        machines.OneNode.AtFailPoint = (point, moment) =>
        {
            if (point == FailPoint.IdLink && moment == Moment.After) machines.OneNode.Kill();
        };
        Assert.Throws<NodeDiedException>(() => machines.Coordinator(machines.OneNode).DataFolderId());
        var seen = machines.Coordinator(machines.TwoNode).DataFolderId();
        machines.Disk.LosePower(_ => true);
        Assert.Equal(seen, machines.Coordinator(new Node(machines.World, "m3")).DataFolderId());
    });

    private static JobSpec Spec { get; } = new() { Job = "wordcount", Inputs = ["/data/in"], Output = Output, Steps = [new StepShape(HasReduce: true, IsSampled: false, Folds: false)] };

    private static JobOutcome Outcome(OutcomeKind kind) => new() { Kind = kind, Output = Output, Job = "wordcount" };

    private static string[] Visible(SimDisk disk) =>
        [.. disk.Outside.List(Output).Select(entry => Path.GetFileName(entry.Path)).Where(name => name != "_temporary")];

    private static void ForEachSeed(Action<Machines, string> test)
    {
        for (var seed = 0; seed < Seeds; seed++) test(new Machines(seed), JobJournal.JobId("key"));
    }

    /// <summary>Two machines over one disk.</summary>
    private sealed class Machines
    {
        public Machines(int seed)
        {
            World = new VirtualWorld(seed);
            Disk = new SimDisk(World);
            (OneNode, TwoNode) = (new Node(World, "m1"), new Node(World, "m2"));
            Disk.Outside.CreateDirectory("/data");
        }

        public VirtualWorld World { get; }

        public SimDisk Disk { get; }

        public Node OneNode { get; }

        public Node TwoNode { get; }

        public FileOutputStore One => Store(Disk.ViewOf(OneNode, () => { }));

        public FileOutputStore Two => Store(Disk.ViewOf(TwoNode, () => { }));

        public FileOutputStore Outside => Store(Disk.Outside);

        public void KillOneAfter(FailPoint point, Action<FileOutputStore> work)
        {
            OneNode.AtFailPoint = (reached, moment) =>
        {
            if (reached == point && moment == Moment.After) OneNode.Kill();
        };
            Assert.Throws<NodeDiedException>(() => work(One));
        }

        public JobCoordinator Coordinator(Node node)
        {
            var files = Disk.ViewOf(node, () => { });
            var plan = new InputPlan([new InputSplit([new FileRange("/data/in/1", 0, 1, 1, 0)])], 1, []);
            return new JobCoordinator(new InMemoryTaskLeaseStore(World.Outside.Time), Store(files), files, Data, _ => plan, World.Outside.Time, new Random(World.Random.Next()));
        }

        private static FileOutputStore Store(IFileSystem files) => new(files, Data, OutputDurability.Machine);
    }
}

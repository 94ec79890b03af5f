using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;

namespace MapReduce.Tests.Scheduling.Journal;

public sealed class JobJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapreduce-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A master died between the two files, and the input is not what it was.
    [Fact]
    public void Publish_PlanIsThereAlready_CountsItsSplits()
    {
        var jobId = JobJournal.JobId("key");
        var there = Plan(5) with { SplitsOfSteps = [2, 3] };
        PhysicalFileSystem.Instance.CreateDirectory(Path.Combine(_folder, "jobs", jobId));
        File.WriteAllBytes(Path.Combine(_folder, "jobs", jobId, "plan"), PlanFormat.Write(there));
        var spec = new JobSpec { Job = "test", Inputs = ["/in"], Output = "/out", Steps = [new StepShape(true, false, false), new StepShape(true, false, false)] };
        var journal = new JobJournal(PhysicalFileSystem.Instance, _folder, isDurable: false);
        var entry = journal.Publish(jobId, spec, Plan(9) with { SplitsOfSteps = [4, 5] }, JobOrigin.Unknown, DateTimeOffset.UnixEpoch);
        Assert.Equal([2, 3], entry.Maps);
        Assert.Equal([2, 3 + 1], entry.Shape().Steps.Select(step => step.Maps));
    }

    private static InputPlan Plan(int splits) => new([.. Enumerable.Range(0, splits).Select(i => new InputSplit([new FileRange("/f", i, 1, splits, 0)]))], 1, []);
}

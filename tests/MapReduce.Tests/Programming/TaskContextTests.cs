using MapReduce.Counters;
using MapReduce.Tests.Spill;
using MapReduce.Worker;
using Microsoft.Extensions.Time.Testing;

namespace MapReduce.Tests.Programming;

public sealed class TaskContextTests : IDisposable
{
    private readonly CounterSet _counters = new();
    private readonly TestWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Count_HundredNames_CountsAll()
    {
        Fill();
        Assert.Equal(100, _counters.Count);
    }

    [Fact]
    public void Count_OneNameMore_Throws()
    {
        var task = Fill();
        Assert.Throws<InvalidOperationException>(() => task.Count("c100"));
    }

    [Fact]
    public void Count_KnownNameAmongHundred_Adds()
    {
        Fill().Count("c7", 4);
        Assert.Equal(5, _counters["c7"]);
    }

    [Fact]
    public void Count_NameOfThousandCharacters_Throws() =>
        Assert.Throws<ArgumentException>(() => New().Count(new string('n', 1000)));

    [Fact]
    public void Ids_OfAttempt_AreTheLeases()
    {
        var task = New();
        Assert.Equal((TestLeases.Any.JobId, TestLeases.Any.Task, TestLeases.Any.Attempt), (task.JobId, task.Task, task.Attempt));
    }

    [Fact]
    public void Status_Set_IsInTheProgress()
    {
        New().Status = "halfway";
        Assert.Equal("halfway", _workspace.Workspace.Progress.Snapshot().Status);
    }

    [Fact]
    public void Status_NeverSet_IsNotInTheProgress()
    {
        Assert.Equal("", New().Status);
        Assert.Null(_workspace.Workspace.Progress.Snapshot().Status);
    }

    [Fact]
    public void Status_Long_IsCutBetweenCharacters()
    {
        var task = New();
        task.Status = new string('x', 255) + "\U0001F600";
        Assert.Equal(new string('x', 255), task.Status);
    }

    [Fact]
    public void Status_SetAgain_IsASignOfLife()
    {
        var time = new FakeTimeProvider();
        var watch = new ProgressWatch(TimeSpan.FromMinutes(10), time);
        var task = New();
        task.Status = "alive";
        watch.Remaining(_workspace.Workspace.Progress);
        time.Advance(TimeSpan.FromMinutes(9));
        task.Status = "alive";
        Assert.Equal(TimeSpan.FromMinutes(10), watch.Remaining(_workspace.Workspace.Progress));
    }

    private TaskContext New() => new(TestLeases.Any, _workspace.Workspace, _counters, files: null!);

    private TaskContext Fill()
    {
        var task = New();
        for (var i = 0; i < 100; i++) task.Count($"c{i}");
        return task;
    }
}

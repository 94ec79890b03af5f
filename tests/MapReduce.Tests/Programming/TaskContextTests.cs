using MapReduce.Counters;

namespace MapReduce.Tests.Programming;

public class TaskContextTests
{
    private readonly CounterSet _counters = new();

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
        Assert.Throws<ArgumentException>(() => new TaskContext(_counters, CancellationToken.None).Count(new string('n', 1000)));

    private TaskContext Fill()
    {
        var task = new TaskContext(_counters, CancellationToken.None);
        for (var i = 0; i < 100; i++) task.Count($"c{i}");
        return task;
    }
}

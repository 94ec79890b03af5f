using MapReduce.Counters;

namespace MapReduce.Tests.Spill;

public sealed class WorkspaceTests
{
    [Fact]
    public void Dispose_OwnedByCopies_EndsAllTheLastFirst()
    {
        using var test = new TestWorkspace();
        var ended = new List<int>();
        test.Workspace.Own(new Owned(() => ended.Add(1)));
        var copy = test.Workspace with { Counters = new AttemptCounters() };
        copy.Own(new Owned(() => ended.Add(2)));
        test.Workspace.Dispose();
        test.Workspace.Dispose();
        Assert.Equal([2, 1], ended);
    }

    [Fact]
    public void Dispose_OneThrows_EndsTheOthers()
    {
        using var test = new TestWorkspace();
        var ended = new List<int>();
        test.Workspace.Own(new Owned(() => ended.Add(1)));
        test.Workspace.Own(new Owned(() => throw new IOException("busy")));
        Assert.Throws<IOException>(test.Workspace.Dispose);
        Assert.Equal([1], ended);
    }

    private sealed class Owned(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

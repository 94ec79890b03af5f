using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.Tests.Worker;

public class AttemptPaceTests
{
    private static readonly TaskLease Lease = AttemptRunnerFixture.ReduceLease();

    private readonly AttemptPace _pace = new();

    [Fact]
    public void IsFast_TooFewAttempts_IsFalse()
    {
        Add(3, 1);
        Assert.False(_pace.IsFast);
    }

    [Fact]
    public void IsFast_MedianShort_IsTrue()
    {
        Add(2, 60_000);
        Add(3, 99);
        Assert.True(_pace.IsFast);
    }

    [Fact]
    public void IsFast_HalfAreLong_IsFalse()
    {
        Add(8, 1);
        Add(8, 100);
        Assert.False(_pace.IsFast);
    }

    [Fact]
    public void IsFast_LongOnesAreLongAgo_IsTrue()
    {
        Add(100, 60_000);
        Add(9, 1);
        Assert.True(_pace.IsFast);
    }

    [Fact]
    public void IsFast_OtherStageWasFast_IsFalse()
    {
        Add(9, 1);
        _pace.Begin(Lease with { JobId = "another" });
        Assert.False(_pace.IsFast);
    }

    [Fact]
    public void IsFast_StageOfBefore_IsTrue()
    {
        Add(9, 1);
        _pace.Begin(Lease with { JobId = "another" });
        _pace.Begin(Lease);
        Assert.True(_pace.IsFast);
    }

    private void Add(int count, double milliseconds)
    {
        _pace.Begin(Lease);
        for (var i = 0; i < count; i++) _pace.Add(Lease, TimeSpan.FromMilliseconds(milliseconds));
    }
}

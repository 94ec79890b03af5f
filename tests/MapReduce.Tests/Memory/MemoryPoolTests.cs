using MapReduce.Memory;

namespace MapReduce.Tests.Memory;

public sealed unsafe class MemoryPoolTests : IDisposable
{
    private readonly MemoryPool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Rent_LengthThatWasReturned_GivesTheSameMemory()
    {
        var first = _pool.Rent(4_096);
        _pool.Return(first);
        Assert.Same(first, _pool.Rent(4_096));
    }

    [Fact]
    public void Rent_WhileLent_GivesOtherMemory() => Assert.NotSame(_pool.Rent(4_096), _pool.Rent(4_096));

    [Fact]
    public void Rent_MoreThanWasEverLent_FreesWhatIsUnused()
    {
        var small = _pool.Rent(4_096);
        _pool.Return(small);
        _pool.Rent(8_192);
        Assert.True(small.Start == null);
    }

    [Fact]
    public void Allocate_AnyLength_SlackMayBeRead()
    {
        using var buffer = NativeBuffer.Allocate(1);
        new Span<byte>(buffer.Start, 1 + NativeBuffer.Slack).Fill(1);
        Assert.Equal(1, buffer.Length);
    }

    [Fact]
    public void Allocate_Large_IsAlignedToHugePages()
    {
        using var buffer = NativeBuffer.Allocate(5 << 20);
        Assert.Equal(0u, (nuint)buffer.Start % (2 << 20));
    }
}

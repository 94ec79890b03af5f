using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Worker;

public sealed class FullDiskTests : IDisposable
{
    private readonly FullFileSystem _disk = new("", long.MaxValue);
    private readonly AttemptRunnerFixture _worker;

    public FullDiskTests() => _worker = new AttemptRunnerFixture(Job.ReadLines().Map<ReadOnlySpan<byte>, NoValue>((line, output) => output.Emit(line, default)).WriteText(), _disk);

    public void Dispose() => _worker.Dispose();

    [Fact]
    public void Refusal_NothingFailed_IsNull() => Assert.Null(_worker.Refusal);

    [Fact]
    public async Task Refusal_AttemptFailedByFullDisk_SaysSo()
    {
        await FillAsync(room: 0);
        Assert.Contains("full", _worker.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_SpaceReturns_IsNull()
    {
        await FillAsync(room: 0);
        _disk.Room = long.MaxValue;
        Assert.Null(_worker.Refusal);
    }

    [Fact]
    public async Task Refusal_TooLittleSpaceReturns_Stays()
    {
        await FillAsync(room: 0);
        _disk.Room = 1 << 20;
        Assert.NotNull(_worker.Refusal);
    }

    [Fact]
    public async Task Refusal_Asked_LeavesNoProbeBehind()
    {
        await FillAsync(room: 0);
        _ = _worker.Refusal;
        Assert.Empty(_worker.Left);
    }

    private async Task FillAsync(long room)
    {
        _disk.Room = room;
        await _worker.Fail(AttemptRunnerFixture.MapLease(_worker.Input("a", "x\n"), reducers: 0));
    }
}

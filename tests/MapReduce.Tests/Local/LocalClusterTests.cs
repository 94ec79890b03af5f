using MapReduce.Protocol;

namespace MapReduce.Tests.Local;

public sealed class LocalClusterTests : IDisposable
{
    private const string Complete = "deep deep/out deep/out/_SUCCESS deep/out/part-r-00000";

    private readonly LocalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Run_WordCount_CountsWords(int workers)
    {
        await _fixture.RunAsync(LocalFixture.WordCount(), workers: workers);
        Assert.Equal(LocalFixture.Expected, _fixture.Part());
    }

    [Fact]
    public async Task Run_Succeeded_LeavesOutputOnly()
    {
        await _fixture.RunAsync(LocalFixture.WordCount());
        Assert.Equal(Complete, _fixture.Show());
    }

    [Fact]
    public async Task Run_OwnWorkDirectory_LeavesNothingThere()
    {
        await _fixture.RunAsync(LocalFixture.WordCount(), work: Path.Combine(_fixture.Root, "scratch", "here"));
        Assert.Equal(Complete, _fixture.Show());
    }

    [Fact]
    public async Task Run_Succeeded_RunsEachTaskOnce()
    {
        var status = await _fixture.RunAsync(LocalFixture.WordCount());
        var tasks = status.Tasks.Values.Sum(counts => counts.Total);
        Assert.Equal((JobState.Succeeded, tasks), (status.State, status.Attempts.Started));
    }

    [Fact]
    public async Task Run_UserCodeThrows_FailsWithItsMessage()
    {
        var status = await _fixture.RunAsync(LocalFixture.WordCount(() => throw new InvalidDataException("line of lead")));
        Assert.Equal((JobState.Failed, true), (status.State, status.Error!.Contains("line of lead", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_Failed_LeavesNothing()
    {
        await _fixture.RunAsync(LocalFixture.WordCount(() => throw new InvalidDataException("line of lead")));
        Assert.Equal("", _fixture.Show());
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var status = await _fixture.RunAsync(LocalFixture.WordCount(cancel.Cancel), cancellationToken: cancel.Token);
        Assert.Equal((JobState.Cancelled, ""), (status.State, _fixture.Show()));
    }

    [Fact]
    public async Task Run_OutputExists_IsRejectedUntouched()
    {
        _fixture.Write("part-r-00000", "precious");
        await Assert.ThrowsAsync<JobRejectedException>(() => _fixture.RunAsync(LocalFixture.WordCount()));
        Assert.Equal(("deep deep/out deep/out/part-r-00000", "precious"), (_fixture.Show(), _fixture.Part()));
    }

    [Fact]
    public async Task Run_Overwrite_Replaces()
    {
        _fixture.Write("part-r-00000", "old");
        _fixture.Write("part-r-00001", "old");
        await _fixture.RunAsync(LocalFixture.WordCount(), overwrite: true);
        Assert.Equal((Complete, LocalFixture.Expected), (_fixture.Show(), _fixture.Part()));
    }

    [Fact]
    public async Task Run_Ended_ReportsFinalStatusLast()
    {
        var reports = new Reports();
        var status = await _fixture.RunAsync(LocalFixture.WordCount(), progress: reports);
        Assert.Same(status, reports.Last);
    }

    private sealed class Reports : IProgress<JobStatus>
    {
        public JobStatus? Last { get; private set; }

        public void Report(JobStatus value) => Last = value;
    }
}

using Jobs.Tests.Support;
using MapReduce.Protocol;

namespace Jobs.Tests;

public sealed class GrepTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData("literal=true pattern=a.b", "xa.by\n")]
    [InlineData("literal=true ignoreCase=true pattern=AXB", "axb\n")]
    [InlineData("pattern=a.b", "axb\nxa.by\naéb\n")]
    [InlineData("pattern=^a", "axb\naéb\nab\r\n")]
    [InlineData("pattern=b$", "axb\naéb\n")]
    [InlineData("pattern=^$", "\n")]
    [InlineData("pattern=\\s", "ab\r\n")]
    [InlineData("pattern=no.such.line", "")]
    public async Task Run_MatchingLines_AreKeptAsTheyStand(string options, string lines) =>
        Assert.Equal(JobFixture.Bytes(lines), await _jobs.RunAsync("grep", "axb\nxa.by\n\naéb\nab\r\nend", options));

    [Fact]
    public async Task Run_LastLineWithoutEnd_GetsOne() => Assert.Equal("end\n", await _jobs.RunAsync("grep", "begin\nend", "pattern=end"));

    [Theory]
    [InlineData("pattern=a", "3\n")]
    [InlineData("pattern=z literal=true", "0\n")]
    public async Task Run_Count_IsOneLineOverAllMaps(string options, string count) =>
        Assert.Equal(count, await _jobs.RunAsync("grep", "a and a\nsome more text here\nb\nabcabc\nlast a", options + " count=true"));

    [Fact]
    public async Task Run_InvalidPattern_IsRejectedWithItsError()
    {
        var rejected = await Assert.ThrowsAsync<JobRejectedException>(() => _jobs.RunAsync("grep", "a", "pattern=(a"));
        Assert.Contains("(a", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PatternOfTwoLines_IsRejected() =>
        await Assert.ThrowsAsync<JobRejectedException>(() => _jobs.RunAsync("grep", "a", "literal=true pattern=a\nb"));
}

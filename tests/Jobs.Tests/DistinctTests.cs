using Jobs.Tests.Support;

namespace Jobs.Tests;

public sealed class DistinctTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData("b\na\nb\na\na", "a\nb\n")]
    [InlineData("a\n\n\na\n", "\na\n")]
    [InlineData("a\r\na\n", "a\na\r\n")]
    [InlineData("a line of more than sixteen bytes\na line of more than sixteen bytes", "a line of more than sixteen bytes\n")]
    public async Task Run_Lines_AreKeptOnce(string text, string lines) => Assert.Equal(lines, await _jobs.RunAsync("distinct", text));

    [Fact]
    public async Task Run_SeveralReducers_KeepEachLineOnce() =>
        Assert.Equal("a\nb\nc\nd\n", Lines.Sorted(await _jobs.RunAsync("distinct", "a\nb\nc\na\nd\nb\na\nb\nc\nd\n", reducers: 3)));
}

using Jobs.Tests.Support;
using MapReduce.Protocol;

namespace Jobs.Tests;

/// <summary>Expected outputs are what GNU sort wrote in the C locale.</summary>
public sealed class SortTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData("", "b\na\n\nab\nb", "\na\nab\nb\nb\n")]
    [InlineData("unique=true", "b\na\n\nab\nb", "\na\nab\nb\n")]
    [InlineData("reverse=true", "b\na\n\nab\nb\n\t", "b\nb\nab\na\n\t\n\n")]
    [InlineData("reverse=true unique=true", "b\na\n\nab\nb", "b\nab\na\n\n")]
    [InlineData("key=2,2", "x b\ny a\nx a\nz", "z\nx a\ny a\nx b\n")]
    [InlineData("key=2,2 reverse=true", "x b\ny a\nx a\nz", "x b\ny a\nx a\nz\n")]
    [InlineData("key=2,2 unique=true", "x b\ny a\nx a\nz", "z\ny a\nx b\n")]
    [InlineData("key=2 separator=:", "a:2:1\nb:1:9\nc:1", "c:1\nb:1:9\na:2:1\n")]
    [InlineData("numeric=true", "10\n9\n-3\nx\n9.5\n09", "-3\nx\n09\n9\n9.5\n10\n")]
    [InlineData("numeric=true reverse=true unique=true", "10\n9\n-3\nx\n9.5\n09", "10\n9.5\n9\nx\n-3\n")]
    public async Task Run_Options_OrderAsGnuSort(string options, string text, string sorted) =>
        Assert.Equal(sorted, await _jobs.RunAsync("sort", text, options, reducers: 3));

    [Theory]
    [InlineData("key=0")]
    [InlineData("key=1,2,3")]
    [InlineData("key=1.2")]
    [InlineData("separator=ab")]
    public async Task Run_BadOption_IsRejected(string options) =>
        await Assert.ThrowsAsync<JobRejectedException>(() => _jobs.RunAsync("sort", "a", options));
}

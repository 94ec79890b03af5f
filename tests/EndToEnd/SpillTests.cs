using EndToEnd.Support;

namespace EndToEnd;

/// <summary>That little memory makes jobs spill and merge, so that the comparisons with GNU tools cover it.</summary>
[Collection(TextTests.Name)]
public sealed class SpillTests(Texts texts)
{
    [Fact]
    public async Task Sort_EnoughMemory_WritesEachRecordOnce()
    {
        var run = await RunAsync("sort", "256MiB", "1GiB");
        Assert.Equal(run.Counter("MAP_OUTPUT_RECORDS"), run.Counter("SPILLED_RECORDS"));
    }

    [Fact]
    public async Task Sort_MapOutputBeyondMemory_SpillsAndMergesEachRecord()
    {
        var run = await RunAsync("sort", "16MiB", "1GiB");
        Assert.InRange(run.Counter("SPILLED_RECORDS"), 1.9 * run.Counter("MAP_OUTPUT_RECORDS"), double.MaxValue);
    }

    [Fact]
    public async Task Sort_MoreMapOutputsThanOneMergeReads_MergesInTwoPasses()
    {
        var run = await RunAsync("sort", "16MiB", "64KiB");
        Assert.InRange(run.Counter("SPILLED_RECORDS"), 1.1 * run.Counter("MAP_OUTPUT_RECORDS"), double.MaxValue);
    }

    [Fact]
    public async Task WordCount_MoreWordsThanMemoryHolds_SpillsSome()
    {
        var run = await RunAsync("wordcount", "16MiB", "1GiB");
        Assert.InRange(run.Counter("SPILLED_RECORDS"), 1.5 * run.Counter("REDUCE_INPUT_RECORDS"), double.MaxValue);
    }

    private Task<JobRun> RunAsync(string job, string memory, string split) =>
        JobRun.RunAsync(texts, texts.Generated, job, "--workers", "2", "--reducers", "1", "--memory", memory, "--split-size", split);
}

using MapReduce.Protocol;
using MapReduce.WorkerService.Storage;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Storage;

public sealed class DiskGuardTests
{
    [Fact]
    public void Refusal_WithinQuota_IsNone()
    {
        var disk = Guard(quota: 100);
        disk.Add(Map("job"), 99);
        Assert.Null(disk.Refusal);
    }

    [Fact]
    public void Refusal_QuotaReached_NamesIt()
    {
        var disk = Guard(quota: 3 << 20);
        disk.Add(Map("job"), 2 << 20);
        disk.Add(Map("other"), 1 << 20);
        Assert.Contains("its quota is 3 MiB", disk.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_JobEnded_IsNoneAgain()
    {
        var disk = Guard(quota: 100);
        disk.Add(Map("job"), 100);
        disk.Forget("job");
        Assert.Null(disk.Refusal);
    }

    [Fact]
    public void Refusal_OutputDropped_IsNoneAgain()
    {
        var disk = Guard(quota: 100);
        disk.Add(Map("job"), 100);
        disk.Remove(Map("job"));
        Assert.Null(disk.Refusal);
    }

    [Fact]
    public void Refusal_DiskNearlyFull_SaysSo() => Assert.Contains("has 511 MiB left", Guard(quota: 0, free: DiskGuard.Reserve - 1).Refusal, StringComparison.Ordinal);

    [Fact]
    public void FreeBytes_OfTheTemporaryFolder_IsPositive() => Assert.True(DiskGuard.FreeBytes(Path.GetTempPath()) > 0);

    private static TaskLease Map(string jobId) => ShuffleFixture.Lease(0, []) with { JobId = jobId };

    private static DiskGuard Guard(long quota, long free = DiskGuard.Reserve) => new("/work", quota, _ => free);
}

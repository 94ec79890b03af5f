using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.Tests.Worker;

public class FailureReportTests
{
    [Fact]
    public void Fail_MessageOfMegabytes_ReportsItsHead()
    {
        var message = Report(new AttemptFailure(FailureKind.User, "bad record: " + new string('x', 40 << 20))).Message;
        Assert.True(message.StartsWith("bad record: xxx", StringComparison.Ordinal) && message.Length < 20_000, $"{message.Length} characters");
    }

    [Fact]
    public void Fail_HundredThousandOutputsGone_NamesAsManyAsAMasterTakes()
    {
        var gone = Enumerable.Range(0, 100_000).Select(map => new FetchFailure(map, $"1.{map}", FetchFault.Gone)).ToList();
        Assert.Equal(10_000, Report(new AttemptFailure(FailureKind.Fetch, "gone", FetchFailures: gone)).FetchFailures!.Count);
    }

    private static AttemptFailure Report(AttemptFailure failure)
    {
        using var worker = new WorkerFixture().Start(WorkerFixture.Lease());
        worker.Runner.Fail(new AttemptFailedException(failure));
        return worker.Master.Failures.Single();
    }
}

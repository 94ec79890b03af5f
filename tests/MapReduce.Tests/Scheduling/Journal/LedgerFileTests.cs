using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Tests.Scheduling.Journal;

public class LedgerFileTests
{
    private static readonly AttemptEvent[] Events =
    [
        Event(7, AttemptEventKind.Granted, null),
        Event(8, AttemptEventKind.Failed, "line one\nline \"two\""),
        Event(9, AttemptEventKind.Committed, null),
    ];

    [Fact]
    public void Read_WholeFile_GivesTheEventsBack() =>
        Assert.Equal(Events, LedgerFile.Read(LedgerFile.Write(new LedgerView(Events, false)), 0, 100).Events);

    [Fact]
    public void Read_AfterAnId_StartsBehindIt() =>
        Assert.Equal([8], LedgerFile.Read(LedgerFile.Write(new LedgerView(Events, false)), 7, 1).Events.Select(each => each.Id));

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, false)]
    public void Read_BeginningNotKept_SaysSoToThoseWhoAskForIt(long after, bool isTruncated) =>
        Assert.Equal(isTruncated, LedgerFile.Read(LedgerFile.Write(new LedgerView(Events, true)), after, 100).IsTruncated);

    [Fact]
    public void Read_Empty_HasNoEvents() => Assert.Empty(LedgerFile.Read(LedgerFile.Write(new LedgerView([], false)), 0, 100).Events);

    private static AttemptEvent Event(long id, AttemptEventKind kind, string? message) =>
        new(id, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero), kind, new TaskId(1, TaskKind.Reduce, 5), "1.00000000000000aa", "w1", message);
}

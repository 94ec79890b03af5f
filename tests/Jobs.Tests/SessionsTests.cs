using Jobs.Tests.Support;
using MapReduce.Jobs;
using MapReduce.Testing;

namespace Jobs.Tests;

public sealed class SessionsTests
{
    // Times in no order, so that a gap is found only where values are sorted.
    private static readonly string[] Events = [.. Enumerable.Range(0, 400).Select(n => $"user{n % 7} {1_700_000_000 + (n * 7919 % 400 * 97)} /page{n}")];

    [Theory]
    [InlineData(60)]
    [InlineData(700)]
    [InlineData(100_000)]
    public void Run_Events_AreWhatAwkFinds(int gap) => Assert.Equal(
        Shell.Run($$"""
            sort -k1,1 -k2,2n | awk -v gap={{gap}} '
                function flush() { if (events) print user "\t" stamp(first) "\t" stamp(last) "\t" events }
                function stamp(t) { return strftime("%Y-%m-%dT%H:%M:%SZ", t, 1) }
                $1 != user || $2 - last > gap { flush(); user = $1; first = $2; events = 0 }
                { last = $2; events++ }
                END { flush() }'
            """, Events),
        JobTest.Run(new Sessions().Plan(new(gap)), Events).Lines);

    [Fact]
    public void Run_GapExactly_IsOneSession() => Assert.Equal(
        ["ann\t2026-01-31T12:00:00Z\t2026-01-31T12:30:00Z\t2", "ann\t2026-01-31T13:00:00.5Z\t2026-01-31T13:00:00.5Z\t1"],
        JobTest.Run(new Sessions().Plan(new(Separator: ",")), "ann,2026-01-31T14:00:00.5+01:00", "ann,2026-01-31T12:30:00Z", "ann,2026-01-31T12:00:00").Lines);

    [Fact]
    public void Run_OtherFields_AreTaken() => Assert.Equal(
        ["ann\t1970-01-01T00:00:05Z\t1970-01-01T00:00:05Z\t1"], JobTest.Run(new Sessions().Plan(new(User: 2, Time: 1)), "5 ann").Lines);

    [Fact]
    public void Run_NoTime_FailsAndNamesIt() => Assert.Contains(
        "field 2 is not a time but 'noon'", Assert.Throws<JobTestException>(() => JobTest.Run(new Sessions(), "ann noon")).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_EmptyInput_HasNoSessions() => Assert.Empty(JobTest.Run(new Sessions(), Array.Empty<string>()).Lines);

    [Fact]
    public void RunUnderFaults_Events_AreTheSame() => JobTest.RunUnderFaults(new Sessions(), Events, seed: 5);
}

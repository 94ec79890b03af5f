using Jobs.Tests.Support;
using MapReduce.Jobs;
using MapReduce.Testing;

namespace Jobs.Tests;

public sealed class JoinTests
{
    // Keys that one side lacks, and keys that both have several times.
    private static readonly string[] Left = [.. Enumerable.Range(0, 60).Select(n => $"{n * 7 % 30}\tleft {n}")];
    private static readonly string[] Right = [.. Enumerable.Range(0, 40).Select(n => $"right {n}\t{(n * 11 % 25) + 10}")];

    [Theory]
    [InlineData(JoinKind.None, "")]
    [InlineData(JoinKind.Left, "-a1")]
    [InlineData(JoinKind.Both, "-a1 -a2")]
    public void Run_TwoInputs_AreWhatJoinGives(JoinKind keep, string flags)
    {
        var folder = Directory.CreateTempSubdirectory("mapreduce-join-").FullName;
        File.WriteAllText(Path.Combine(folder, "left"), Text(Left.Order(StringComparer.Ordinal).OrderBy(line => line.Split('\t')[0], StringComparer.Ordinal)));
        File.WriteAllText(Path.Combine(folder, "right"), Text(Right.OrderBy(line => line.Split('\t')[1], StringComparer.Ordinal)));
        var expected = Shell.Run($"join -t '\t' {flags} -e '' -o 0,1.2,2.1 -1 1 -2 2 {folder}/left {folder}/right", []);
        Directory.Delete(folder, recursive: true);
        var lines = Run(new(RightField: 2, Keep: keep), Left, Right);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_KeyWithinTheLine_LeavesTheRestAsItIs() =>
        Assert.Equal(["k\ta,c\tz,"], Run(new(2, 1, ","), ["a,k,c"], ["k,z,"]));

    [Fact]
    public void Run_OneSideIsEmpty_KeepsTheOther()
    {
        Assert.Empty(Run(new(), ["k\ta"], []));
        Assert.Equal(["k\ta\t"], Run(new(Keep: JoinKind.Left), ["k\ta"], []));
    }

    [Fact]
    public void Run_LineLacksTheField_FailsAndSaysWhich() =>
        Assert.Contains("1 of 2 fields", Assert.Throws<JobTestException>(() => Run(new(2), ["k"], ["k"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("k,a")]
    [InlineData("")]
    public void Run_LineWithoutSeparator_FailsNamingFileOffsetAndLine(string line)
    {
        var failed = Assert.Throws<JobTestException>(() => Run(new(), ["k\ta"], ["k\tb", line]));
        Assert.Matches($"right[^ ]*' at offset 4: FormatException: the line '{line}' does not hold the separator", failed.Message);
    }

    [Fact]
    public void Run_KeyAloneEndedByTheSeparator_IsJoined() => Assert.Equal(["k\t\tb"], Run(new(), ["k\t"], ["k\tb"]));

    private static IReadOnlyList<string> Run(JoinOptions options, string[] left, string[] right) =>
        JobTest.Run(new Join().Plan(options), [new TestFile("left", left), new TestFile("right", right)]).Lines;

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}

using Jobs.Tests.Support;
using MapReduce.Jobs;
using MapReduce.Testing;

namespace Jobs.Tests;

public sealed class TopTests
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 300).Select(n => $"{(n * 7919) % 997}.{n % 10} word{n * n % 23} {n % 3}")];

    [Fact]
    public void Run_Field_IsWhatSortAndUniqFind() => Assert.Equal(
        Shell.Run("awk '{ print $2 }' | sort | uniq -c | sort -k1,1nr -k2,2 | head -5 | awk '{ print $2 \"\\t\" $1 }'", Lines),
        JobTest.Run(new Top().Plan(new(5, Field: 2)), Lines).Lines);

    [Fact]
    public void Run_WholeLines_CountsThem() =>
        Assert.Equal(["a b\t3", "c\t1"], JobTest.Run(new Top().Plan(new(2)), "a b", "d", "a b", "c", "a b").Lines);

    [Fact]
    public void Run_Largest_IsWhatSortFinds() => Assert.Equal(
        Shell.Run("sort -k1,1nr -k2 | head -7", Lines),
        JobTest.Run(new Top().Plan(new(7, Field: 1, By: TopBy.Largest)), Lines).Lines.Select(line => line.Split('\t')[0]));

    [Fact]
    public void Run_FewerThanAsked_GivesAll() => Assert.Equal(["a\t1"], JobTest.Run(new Top(), "a").Lines);

    [Fact]
    public void Run_EmptyInput_HasNoLines() => Assert.Empty(JobTest.Run(new Top(), Array.Empty<string>()).Lines);

    [Fact]
    public void Run_LargestOfText_FailsAndShowsIt() => Assert.Contains(
        "'many' is not a number", Assert.Throws<JobTestException>(() => JobTest.Run(new Top().Plan(new(By: TopBy.Largest)), "many")).Message, StringComparison.Ordinal);
}

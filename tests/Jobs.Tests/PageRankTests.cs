using System.Globalization;
using MapReduce.Jobs;
using MapReduce.Testing;

namespace Jobs.Tests;

public sealed class PageRankTests
{
    // Some pages link nowhere, some links are said twice.
    private static readonly string[] Links = [.. Enumerable.Range(0, 120).Select(n => $"page{n * 7 % 17} page{n * n % 23}")];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_Links_AreWhatALoopOverArraysFinds(int iterations)
    {
        var found = JobTest.Run(new PageRank().Plan(new(iterations)), Links).Lines.Select(line => line.Split('\t')).ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
        var expected = Ranks(iterations);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, page => Assert.Equal(page.Value, found[page.Key], 1e-6));
    }

    [Fact]
    public void Run_Circle_GivesAllTheSame() => Assert.Equal(["a\t1", "b\t1"], JobTest.Run(new PageRank(), "a b", "b a").Lines);

    [Fact]
    public void Run_EmptyInput_HasNoPages() => Assert.Empty(JobTest.Run(new PageRank().Plan(new(1)), "").Lines);

    [Fact]
    public void Run_NoLink_FailsAndShowsIt() => Assert.Contains(
        "'a' is not a link", Assert.Throws<JobTestException>(() => JobTest.Run(new PageRank().Plan(new(1)), "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void RunUnderFaults_Links_AreTheSame() => JobTest.RunUnderFaults(new PageRank().Plan(new(3)), Links, seed: 3);

    // The definition, straight on.
    private static Dictionary<string, double> Ranks(int iterations)
    {
        var links = Links.Select(line => line.Split(' ')).Select(link => (From: link[0], To: link[1])).Distinct().ToList();
        var ranks = links.SelectMany(link => new[] { link.From, link.To }).Distinct().ToDictionary(page => page, _ => 1.0);
        for (var i = 0; i < iterations; i++)
        {
            var next = ranks.Keys.ToDictionary(page => page, _ => 0.15);
            foreach (var (from, to) in links) next[to] += 0.85 * ranks[from] / links.Count(link => link.From == from);
            ranks = next;
        }
        return ranks;
    }
}

using MapReduce.Testing;

namespace Docs;

/// <summary>Every block of C# in docs/writing-jobs.md compiles, and gives the output that stands below it.</summary>
public sealed class WritingJobsTests
{
    private static readonly IReadOnlyList<Snippet> Snippets = Snippet.In(File.ReadAllText(Path.Combine(Root(), "docs/writing-jobs.md")));

    public static TheoryData<string> All => [.. Snippets.Select(snippet => snippet.Name)];

    public static TheoryData<string> WithOutput => [.. Snippets.Where(snippet => snippet.Outputs.Count > 0).Select(snippet => snippet.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Snippet_InThePage_Compiles(string name) => Assert.Empty(SnippetCompiler.Problems(Find(name).Code));

    [Theory]
    [MemberData(nameof(WithOutput))]
    public void Snippet_WithOutput_GivesIt(string name)
    {
        var snippet = Find(name);
        var result = JobTest.Run(SnippetCompiler.Plan(snippet.Code), snippet.Inputs);
        Assert.All(snippet.Outputs, expected => Assert.Equal(expected.Lines, expected.Output == "part" ? result.Lines : result.LinesOf(expected.Output)));
    }

    [Fact]
    public void Cookbook_Patterns_AreTwelveOrMoreWithTheirOutputs()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs/writing-jobs.md"));
        var patterns = page.SkipWhile(line => line != "## Cookbook").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]).ToList();
        Assert.InRange(patterns.Count, 12, int.MaxValue);
        Assert.All(patterns, pattern => Assert.Contains(Snippets, snippet => snippet.Name.StartsWith(pattern, StringComparison.Ordinal) && snippet.Outputs.Count > 0));
    }

    private static Snippet Find(string name) => Snippets.Single(snippet => snippet.Name == name);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No MapReduce.sln in {AppContext.BaseDirectory} or above it: run the tests from a checkout.");
    }
}

namespace Cli.Tests.Readme;

public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root(), "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Readme_Job_IsTheOneThatTheTestsCompile()
    {
        var source = File.ReadAllText(Path.Combine(Root(), "tests/Cli.Tests/Readme/WordCount.cs")).ReplaceLineEndings("\n");
        Assert.Equal(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..], Block("csharp"));
    }

    [Fact]
    public void Readme_Job_HasEightLines() => Assert.Equal(8, Block("csharp").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public void Readme_TestCommand_ExistsInTheRepository()
    {
        Assert.Contains("```bash\nbash .ci/run\n```", Readme, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Root(), ".ci/run")));
    }

    private static string Block(string language)
    {
        var start = Readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return Readme[start..Readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No MapReduce.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}

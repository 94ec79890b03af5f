using System.Diagnostics;
using App.Tests.Support;

namespace App.Tests;

/// <summary>A job in a file of its own, run by <c>dotnet run</c> from a folder that knows nothing of this repository.</summary>
public sealed class SingleFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Run_JobWithOptions_WritesWhatLinqFinds()
    {
        Write("""
            using MapReduce;

            return await MapReduceApp.RunAsync<WordCount>(args);

            [System.ComponentModel.Description("Counts long words.")]
            public sealed class WordCount : IMapReduceJob<WordCount.Options>
            {
                public sealed record Options([Option("At least so long")] int MinLength = 1);

                public JobPlan Plan(Options options) => Job.ReadLines()
                    .Map(line => line.Words().Where(word => word.Length >= options.MinLength).Select(word => (word, 1L)))
                    .Combine((a, b) => a + b)
                    .Reduce((word, counts) => counts.Sum())
                    .WriteText();
            }
            """);
        var lines = Enumerable.Range(0, 1000).Select(n => $"word{n % 7} and {n % 13}").ToList();
        File.WriteAllLines(Path.Combine(_directory.Path, "input"), lines);
        var expected = lines.SelectMany(line => line.Split(' ')).Where(word => word.Length >= 3).GroupBy(word => word).Select(group => $"{group.Key}\t{group.Count()}");

        var (exitCode, text) = await DotnetRunAsync("input", "--output", "out", "--set", "minLength=3");

        Assert.True(exitCode == 0, text);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Combine(_directory.Path, "out"), "part-r-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal));
        var (_, help) = await DotnetRunAsync("--help");
        Assert.Contains("Counts long words.", help, StringComparison.Ordinal);
        Assert.Contains("dotnet run job.cs -- input --output out", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LambdaPlan_WritesWhatLinqFinds()
    {
        Write("""
            using MapReduce;

            return await MapReduceApp.RunAsync(
                Job.ReadLines()
                    .Map(line => new[] { (line.Text.Length, 1L) })
                    .Combine((a, b) => a + b)
                    .Reduce((length, counts) => counts.Sum())
                    .WriteText(),
                args);
            """);
        File.WriteAllLines(Path.Combine(_directory.Path, "input"), ["one", "three", "two"]);

        var (exitCode, text) = await DotnetRunAsync("input", "--output", "out", "--reducers", "1");

        Assert.True(exitCode == 0, text);
        Assert.Equal(["3\t2", "5\t1"], File.ReadLines(Path.Combine(_directory.Path, "out", "part-r-00000")));
    }

    public void Dispose() => _directory.Dispose();

    private void Write(string code) => _directory.File("job.cs", $"#:project {Repository.File("App/App.csproj")}\n{code}");

    private async Task<(int ExitCode, string Text)> DotnetRunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--configuration", "Release", "job.cs", "--", .. args])
        {
            WorkingDirectory = _directory.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }
}

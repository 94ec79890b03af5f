using System.ComponentModel;
using System.Text.Json;
using App.Tests.Support;
using MapReduce;
using MapReduce.App;

namespace App.Tests;

/// <summary>A program that is one job.</summary>
public sealed class OneJobTests : IDisposable
{
    private static readonly JobDefinition Count = JobDefinition.Create<WordCount>("word-count", "Counts words.");

    private readonly TestHost _host = new();
    private readonly TemporaryDirectory _directory = new();

    private string Output => Path.Combine(_directory.Path, "out");

    [Fact]
    public async Task Run_Lines_WritesWhatLinqFinds()
    {
        string[] lines = ["to be or not to be", "be it so"];
        Assert.Equal(0, await _host.RunAsync(Count, Input(lines), "--output", Output, "--set", "minLength=3", "--reducers", "2"));
        var expected = lines.SelectMany(line => line.Split(' ')).Where(word => word.Length >= 3).GroupBy(word => word).Select(group => $"{group.Key}\t{group.Count()}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Output, "part-r-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_Json_EndsWithItsResult()
    {
        Assert.Equal(0, await _host.RunAsync(Count, Input("a"), "--output", Output, "--json"));
        using var result = JsonDocument.Parse(_host.Out.ToString().TrimEnd().Split('\n')[^1]);
        Assert.Equal(("word-count", "succeeded"), (result.RootElement.GetProperty("job").GetString(), result.RootElement.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Run_OptionIsUnknown_IsExitCode7WithTheOneThatWasMeant()
    {
        Assert.Equal(7, await _host.RunAsync(Count, Input("a"), "--output", Output, "--set", "minLenght=3"));
        Assert.Contains("Did you mean 'minLength'?", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputIsMissing_IsExitCode2AndNamesTheHelp()
    {
        Assert.Equal(2, await _host.RunAsync(Count, Input("a")));
        Assert.Contains("See 'count --help'", _host.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Counts words.")]
    [InlineData("minLength  a whole number of 1 or more  default 1  At least so long")]
    [InlineData("  count input --output out\n")]
    public async Task Run_Help_Teaches(string text)
    {
        Assert.Equal(0, await _host.RunAsync(Count, "--help"));
        Assert.Contains(text, _host.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HelpOfNamedInputsAndARequiredOption_ShowsBoth()
    {
        Assert.Equal(0, await _host.RunAsync(JobDefinition.Create<Named>("named", "Named."), "--help"));
        Assert.Contains("Inputs of named (NAME=PATH, each at least once): old, new\n", _host.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("count old=input new=input --output out --set word=...\n", _host.Out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WordCount", "word-count")]
    [InlineData("job", "job")]
    [InlineData("my_job2", "my-job2")]
    [InlineData("HTTPErrors", "httperrors")]
    [InlineData("日本", "job")]
    public void Hyphenate_Name_IsAJobsName(string name, string expected)
    {
        Assert.Equal(expected, ProgramName.Hyphenate(name));
        Assert.Equal(expected, JobDefinition.Create<WordCount>(expected, "").Name);
    }

    public void Dispose()
    {
        _host.Dispose();
        _directory.Dispose();
    }

    private string Input(params string[] lines) => _directory.File("in/text.txt", string.Join('\n', lines));

    public sealed record Options([Option("At least so long", Min = 1)] int MinLength = 1);

    public sealed record NamedOptions([Option("To look for")] string Word);

    public sealed class Named : IMapReduceJob<NamedOptions>
    {
        public JobPlan Plan(NamedOptions options) => Side("old", options).Concat(Side("new", options)).WriteText();

        private static Pairs<string, long> Side(string name, NamedOptions options) => Job.ReadLines(name).Where(line => line.Text == options.Word).Map(line => (line.Text, 1L));
    }

    [Description("Counts words.")]
    public sealed class WordCount : IMapReduceJob<Options>
    {
        public JobPlan Plan(Options options) => Job.ReadLines()
            .Map(line => line.Words().Where(word => word.Length >= options.MinLength).Select(word => (word, 1L)))
            .Combine((a, b) => a + b)
            .Reduce((word, counts) => counts.Sum())
            .WriteText();
    }
}

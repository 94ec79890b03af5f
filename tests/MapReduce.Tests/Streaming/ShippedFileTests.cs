using MapReduce.Protocol;
using MapReduce.Streaming;

namespace MapReduce.Tests.Streaming;

public sealed class ShippedFileTests : IDisposable
{
    private static readonly string Hash = new('a', 64);

    private readonly StreamFixture _stream = new();

    public void Dispose() => _stream.Dispose();

    [Theory]
    [InlineData("map.py", 0L, true)]
    [InlineData("a name  with blanks", 1L << 40, false)]
    [InlineData("日本 '語'", 7L, false)]
    public void TryParse_ItsText_IsTheFile(string name, long length, bool isExecutable)
    {
        var file = new ShippedFile(name, Hash, length, isExecutable);
        Assert.Equal(file, ShippedFile.TryParse($"{file}"));
    }

    [Theory]
    [InlineData("x HASH 5 ../up")]
    [InlineData("x HASH 5 a/b")]
    [InlineData("x HASH 5 ..")]
    [InlineData("x HASH 5 .")]
    [InlineData("x HASH 5 ")]
    [InlineData("x HASH 5 nul\0")]
    [InlineData("x HASH -5 name")]
    [InlineData("x ../HASH 5 name")]
    [InlineData("x HASHa 5 name")]
    [InlineData("w HASH 5 name")]
    [InlineData("name")]
    public void TryParse_AnythingElse_IsNull(string line) => Assert.Null(ShippedFile.TryParse(line.Replace("HASH", Hash, StringComparison.Ordinal)));

    [Fact]
    public void FilesOf_OptionsOfAStreamingJob_AreTheShippedOnes()
    {
        var files = new[] { new ShippedFile("a", Hash, 1, true), new ShippedFile("b c", Hash, 2, false) };
        var options = StreamJob.Definition.Parse([new("mapper", "cat"), new("files", $"{files[0]}\n/etc/hosts\n{files[1]}")]);
        Assert.Equal(files, StreamJob.FilesOf(Spec("stream", options)));
        Assert.Empty(StreamJob.FilesOf(Spec("another", options)));
        Assert.Empty(StreamJob.FilesOf(Spec("stream", "{}")));
        Assert.Throws<JobRejectedException>(() => StreamJob.FilesOf(Spec("stream", "{")));
    }

    [Fact]
    public void Plan_NameThatLeadsOut_IsRefused() =>
        Assert.Contains("absolute path", Assert.Throws<ArgumentException>(() => new StreamJob().Plan(new("cat", Files: $"x {Hash} 5 ../up"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Run_ShippedFile_IsWhereTheWorkerHasIt()
    {
        _stream.Write("a", "x\n");
        var there = _stream.Script("r-there", "said\n");
        _stream.Plan = options => StreamJob.DefinitionOn(_ => there).Plan(StreamJob.Definition.Parse([new("mapper", options.Mapper), new("files", options.Files)]));
        Assert.Equal("said\n", await _stream.SortedAsync(new("sh -c 'cat > /dev/null; cat word'", Files: $"{new ShippedFile("word", Hash, 5, false)}")));
    }

    [Fact]
    public async Task Run_ProgramLooksBesideWhereItReallyLies_FindsTheOtherFiles()
    {
        _stream.Write("a", "x\n");
        var there = new Dictionary<string, string>
        {
            ["map.sh"] = _stream.Script("x-map", "#!/bin/bash\ncat > /dev/null\n. \"$(dirname \"$(readlink -f \"${BASH_SOURCE[0]}\")\")/word.sh\"\n"),
            ["word.sh"] = _stream.Script("r-word", "echo said\n"),
        };
        _stream.Plan = options => StreamJob.DefinitionOn(file => there[file.Name]).Plan(StreamJob.Definition.Parse([new("mapper", options.Mapper), new("files", options.Files)]));
        Assert.Equal("said\n", await _stream.SortedAsync(new("map.sh", Files: string.Join('\n', there.Keys.Select(name => $"{new ShippedFile(name, Hash, 5, true)}")))));
    }

    [Fact]
    public async Task Run_ShippedFileWithoutACluster_SaysThatItIsNotThere()
    {
        _stream.Write("a", "x\n");
        Assert.Contains("'word' is not there", await _stream.ErrorAsync(new("cat", Files: $"{new ShippedFile("word", Hash, 5, false)}")), StringComparison.Ordinal);
    }

    private static JobSpec Spec(string job, string options) => new() { Job = job, Options = options, Inputs = [], Output = "/out", Steps = [] };
}

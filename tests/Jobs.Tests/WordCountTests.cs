using Jobs.Tests.Support;

namespace Jobs.Tests;

public sealed class WordCountTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData("to be or\nnot to be", "be\t2\nnot\t1\nor\t1\nto\t2\n")]
    [InlineData("a\tb\va\fb\ra\r\n\n  a", "a\t4\nb\t2\n")]
    [InlineData("The the, THE", "THE\t1\nThe\t1\nthe,\t1\n")]
    [InlineData("a-word-of-more-than-sixteen-bytes a-word-of-more-than-sixteen-bytes", "a-word-of-more-than-sixteen-bytes\t2\n")]
    [InlineData(" \n \n", "")]
    public async Task Run_Words_AreCountedAsTheyStand(string text, string counts) =>
        Assert.Equal(counts, await _jobs.RunAsync("wordcount", text));

    [Fact]
    public async Task Run_BytesOtherThanUtf8_AreCountedAsTheyStand()
    {
        _jobs.Write("a.txt", [0xFF, 0x20, 0xFF, 0x20, 0x00]);
        Assert.Equal("\0\t1\n\u00FF\t2\n", await _jobs.RunWrittenAsync("wordcount", ""));
    }

    [Fact]
    public async Task Run_LowerCase_CountsAllCasesAsOne() =>
        Assert.Equal(JobFixture.Bytes("straße\t1\nthe\t3\néδ\t2\n"), await _jobs.RunAsync("wordcount", "The the THE ÉΔ éδ Straße", "case=lower"));

    [Fact]
    public async Task Run_Letters_EndWordsAtAllElse() =>
        Assert.Equal(JobFixture.Bytes("I\t1\nm\t1\nnaïve\t2\n世界\t1\n"), await _jobs.RunAsync("wordcount", "I'm (naïve) naïve—42世界!", "words=letters"));

    [Fact]
    public async Task Run_SeveralReducers_CountEachWordOnce() =>
        Assert.Equal("a\t3\nb\t2\nc\t1\nd\t1\n", Lines.Sorted(await _jobs.RunAsync("wordcount", "a b c\na b\nd\na\n", reducers: 5)));
}

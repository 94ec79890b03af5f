using Jobs.Tests.Support;

namespace Jobs.Tests;

public sealed class InvertedIndexTests : IDisposable
{
    private readonly JobFixture _jobs = new();
    private readonly string _a, _b;

    public InvertedIndexTests()
    {
        _b = _jobs.Write("b.txt", "to be or not\nto be\nor\nperhaps to be\n"u8);
        _a = _jobs.Write("a.txt", "to See\n"u8);
    }

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task Run_Words_HaveTheirFilesOnceInOrder() =>
        Assert.Equal($"See\t{_a}\nbe\t{_b}\nnot\t{_b}\nor\t{_b}\nperhaps\t{_b}\nto\t{_a},{_b}\n", await _jobs.RunWrittenAsync("inverted-index", ""));

    [Fact]
    public async Task Run_LowerCase_ListsLowerCase() =>
        Assert.Contains($"see\t{_a}\n", await _jobs.RunWrittenAsync("inverted-index", "case=lower words=letters", 2), StringComparison.Ordinal);
}

namespace Architecture;

public sealed class FileSizeTests
{
    private static readonly (string File, int Lines)[] Sizes =
        [.. Repository.TopFolders.SelectMany(Repository.Sources).Select(file => (file, Repository.Lines(file).Length)).OrderBy(size => size.Length)];

    [Fact]
    public void Files_Longest_HasAtMost400Lines() =>
        Assert.Empty(Sizes.Where(size => size.Lines > 400).Select(size => $"{size.File}: {size.Lines} lines; split it by ideas"));

    [Fact]
    public void Files_NinetyPercent_HaveAtMost200Lines() => Assert.InRange(Sizes[Sizes.Length * 9 / 10].Lines, 1, 200);

    [Fact]
    public void Files_Half_HaveAtMost60Lines() => Assert.InRange(Sizes[Sizes.Length / 2].Lines, 1, 60);
}

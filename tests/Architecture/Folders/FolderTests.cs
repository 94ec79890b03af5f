namespace Architecture.Folders;

public sealed class FolderTests
{
    [Fact]
    public void Arrows_InCompiledCode_AreInTheTable() =>
        AssertAllowed(FolderArrows.Found());

    [Fact]
    public void Arrows_InSource_AreInTheTable() =>
        AssertAllowed(SourceArrows());

    [Fact]
    public void Arrows_InTheTable_GoInNoCircle() => Assert.Empty(AllowedArrows.Circles());

    [Fact]
    public void Namespaces_OfTypes_AreTheirFolders() =>
        Assert.Empty(Repository.Sources("MapReduce").Where(file => Namespace(file) != Expected(file)).Select(file => $"{file}: {Namespace(file)}"));

    private static void AssertAllowed(IEnumerable<FolderArrow> arrows)
    {
        var reversed = arrows.Where(arrow => !AllowedArrows.Contains(arrow)).Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.User} {arrow.Used}").Distinct().Order().ToList();
        Assert.True(reversed.Count == 0, $"not in the table of allowed arrows:\n{string.Join('\n', reversed)}");
    }

    // Constants leave no trace in compiled code, so the using directives count, too.
    private static IEnumerable<FolderArrow> SourceArrows() =>
        from file in Repository.Sources("MapReduce")
        from line in Repository.Lines(file)
        where line.StartsWith("using MapReduce.", StringComparison.Ordinal)
        let arrow = new FolderArrow(file.Split('/')[1], line["using MapReduce.".Length..].TrimEnd(';').Split('.')[0], file, null)
        where arrow.From != arrow.To
        select arrow;

    private static string? Namespace(string file) =>
        Repository.Lines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    private static string Expected(string file)
    {
        var folders = Path.GetDirectoryName(file)!.Replace('\\', '/').Replace('/', '.');
        return folders == "MapReduce.Programming" ? "MapReduce" : folders;
    }
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MapReduce.Input;

namespace MapReduce.Tests.Input.Planner;

public class SplitCutterTests
{
    [Property(MaxTest = 500)]
    public Property Cut_AnyFiles_CoversEveryByteOnceInOrder() => Prop.ForAll(Arb.From(Cases), input =>
    {
        var expected = input.Files.Select(file => (file.Path, 0L, file.Length));
        return Joined(Cut(input)).SequenceEqual(expected);
    });

    [Property(MaxTest = 500)]
    public Property Cut_AnyFiles_CompressedStayWhole() => Prop.ForAll(Arb.From(Cases), input =>
        Cut(input).SelectMany(split => split.Pieces).All(piece => !Compression.IsCompressed(piece.Path) || piece.Length == piece.FileLength));

    [Property(MaxTest = 500)]
    public Property Cut_FilesThatCanBeSplit_SplitsAreEqualAndNoLargerThanAsked() => Prop.ForAll(Arb.From(Plain), input =>
    {
        var lengths = Cut(input).Select(split => split.Length).ToArray();
        return lengths.Max() - lengths.Min() <= 1 && lengths.Max() <= input.Size;
    });

    [Property(MaxTest = 500)]
    public Property Cut_FilesThatCanBeSplit_NoMoreSplitsThanNeeded() => Prop.ForAll(Arb.From(Plain), input =>
        Cut(input).Count == Math.Max(1, SplitSize.CeilingDivide(input.Files.Sum(file => file.Length), input.Size)));

    [Property(MaxTest = 500)]
    public Property Cut_CompressedFiles_FittingSizeFits() => Prop.ForAll(Arb.From(Cases), input =>
    {
        var fitting = SplitSize.CeilingDivide(input.Files.Sum(file => file.Length), 3) * 2;
        return SplitCutter.Cut(input.Files, Math.Max(1, fitting), 3) is not null;
    });

    [Fact]
    public void Cut_AllFilesEmpty_IsOneSplitOfThem() =>
        Assert.Equal(2, Assert.Single(SplitCutter.Cut([File("a", 0), File("b", 0)], 10, 100)!).Pieces.Count);

    [Fact]
    public void Cut_EmptyFileAtTheEnd_MakesNoSplitOfItsOwn() =>
        Assert.Equal([5, 5], SplitCutter.Cut([File("a", 10), File("b", 0)], 5, 100)!.Select(split => split.Length));

    [Fact]
    public void Cut_TenThousandSmallFiles_IsOneSplit() =>
        Assert.Single(SplitCutter.Cut([.. Enumerable.Range(0, 10_000).Select(index => File($"f{index:D5}", 1024))], 32 << 20, 100)!);

    [Fact]
    public void Cut_FileALittleLongerThanASplit_HasNoSmallRest() =>
        Assert.Equal([51, 50], SplitCutter.Cut([File("a", 101)], 100, 100)!.Select(split => split.Length));

    [Fact]
    public void Cut_SmallCompressedFiles_ShareASplit() =>
        Assert.Single(SplitCutter.Cut([File("a.gz", 10), File("b.GZ", 10), File("c.br", 10), File("d.deflate", 10)], 100, 100)!);

    [Fact]
    public void Cut_LargeCompressedFile_StandsAlone() =>
        Assert.Equal(["a", "b.gz", "c"], SplitCutter.Cut([File("a", 10), File("b.gz", 1000), File("c", 10)], 20, 100)!.Select(split => Assert.Single(split.Pieces).Path));

    [Fact]
    public void Cut_MoreThanAllowed_IsNull() => Assert.Null(SplitCutter.Cut([File("a", 101)], 10, 10));

    [Fact]
    public void Cut_FarMoreThanAllowed_IsNullAtOnce() => Assert.Null(SplitCutter.Cut([File("a", long.MaxValue)], 1, 50_000_000));

    [Fact]
    public void Cut_MoreCompressedFilesThanAllowed_IsNull() =>
        Assert.Null(SplitCutter.Cut([.. Enumerable.Range(0, 11).Select(index => File($"f{index}.gz", 10))], 10, 10));

    private static Gen<Case> Cases => CaseOf(Gen.Elements("", "", ".gz", ".br"));

    private static Gen<Case> Plain => CaseOf(Gen.Constant(""));

    private static Gen<Case> CaseOf(Gen<string> suffixes) =>
        from lengths in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 9)), (3, Gen.Choose(1, 400))).NonEmptyListOf()
        from names in suffixes.ListOf(lengths.Count)
        from size in Gen.Choose(1, 200)
        select new Case([.. lengths.Zip(names, (length, name) => (length, name)).Select((file, index) => File($"f{index}{file.name}", file.length))], size);

    private static IReadOnlyList<InputSplit> Cut(Case input) => SplitCutter.Cut(input.Files, input.Size, int.MaxValue)!;

    /// <summary>The pieces with those that follow on in the same file put together.</summary>
    private static List<(string Path, long Offset, long Length)> Joined(IReadOnlyList<InputSplit> splits)
    {
        var joined = new List<(string Path, long Offset, long Length)>();
        foreach (var piece in splits.SelectMany(split => split.Pieces))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Path == piece.Path && last.Offset + last.Length == piece.Offset)
                joined[^1] = last with { Length = last.Length + piece.Length };
            else
                joined.Add((piece.Path, piece.Offset, piece.Length));
        }

        return joined;
    }

    private static InputFile File(string path, long length) => new(path, length, 0, IsWhole: Compression.IsCompressed(path));

    private sealed record Case(IReadOnlyList<InputFile> Files, int Size);
}

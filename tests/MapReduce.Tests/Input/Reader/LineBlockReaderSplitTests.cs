using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MapReduce.Input;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Input.Reader;

public class LineBlockReaderSplitTests
{
    // What the reader asks for at once: its edges are where lines are carried over.
    private const int ReadSize = 512 << 10;

    private static Gen<string> Texts =>
        Gen.Frequency((3, Gen.Constant("\n")), (1, Gen.Constant("\r\n")), (1, Gen.Constant("\r")), (4, Gen.Constant("ab")), (1, Gen.Constant("\0")), (1, Gen.Constant("\u00ff\u00fd")))
            .ArrayOf().Select(string.Concat).Resize(14);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("\n\n\n")]
    [InlineData("a\nbb\nccc\n")]
    [InlineData("a\nbb\nccc")]
    [InlineData("a\r\nbb\r\n\r\n")]
    [InlineData("a\rb\rc")]
    [InlineData("\u00ef\u00bb\u00bfa\nb\n")]
    [InlineData("\u00ff\u00fe\n\u0080\n\0\n")]
    [InlineData("one line that is longer than every split\n")]
    public void Read_SplitAtEveryByte_EveryLineOnce(string text)
    {
        var files = new MemoryFiles();
        var file = files.Add("/f", Encoding.Latin1.GetBytes(text));
        Assert.Equal(Reading.LinesOf(text), Reading.Lines(files, file.Cut(Enumerable.Range(0, text.Length).Select(offset => (long)offset))));
    }

    [Theory]
    [InlineData("a\nbb\n\nccc\nd")]
    [InlineData("aaaa\r\nbbbb\r\n")]
    public void Read_SplitAtAnyOneByte_EveryLineOnce(string text)
    {
        var files = new MemoryFiles();
        var file = files.Add("/f", Encoding.Latin1.GetBytes(text));
        Assert.All(Enumerable.Range(0, text.Length + 1), cut => Assert.Equal(Reading.LinesOf(text), Reading.Lines(files, file.Cut(cut))));
    }

    [Property(MaxTest = 300)]
    public Property Read_AnySplits_EveryLineOnce() => Prop.ForAll(
        Arb.From(from text in Texts from cuts in Gen.Choose(0, 30).ListOf() select (text, cuts)),
        input =>
        {
            var files = new MemoryFiles();
            var file = files.Add("/f", Encoding.Latin1.GetBytes(input.text));
            return Reading.Lines(files, file.Cut(input.cuts.Select(cut => (long)cut))).SequenceEqual(Reading.LinesOf(input.text));
        });

    [Property(MaxTest = 150)]
    public Property Read_AnySplits_LineBelongsToTheRangeItBeginsIn() => Prop.ForAll(
        Arb.From(from text in Texts from cut in Gen.Choose(0, 30) select (text, cut)),
        input =>
        {
            var files = new MemoryFiles();
            var ranges = files.Add("/f", Encoding.Latin1.GetBytes(input.text)).Cut(input.cut).ToArray();
            return ranges.All(range => Reading.Blocks(files, range).All(block =>
                block.Offset >= range.Offset && LineStarts(block).All(start => start < range.Offset + range.Length)));
        });

    [Property(MaxTest = 40)]
    public Property Read_LinesAroundTheReadSize_EveryLineOnceAtItsPlace() => Prop.ForAll(
        Arb.From(
            from lengths in Gen.OneOf(Gen.Choose(1, 4), Gen.Choose(ReadSize - 3, ReadSize + 3), Gen.Choose((2 * ReadSize) - 3, (2 * ReadSize) + 3)).NonEmptyListOf().Resize(6)
            from cuts in Gen.OneOf(Gen.Choose(1, 9), Gen.Choose(ReadSize - 3, ReadSize + 3), Gen.Choose(1, 4 * ReadSize)).ListOf().Resize(3)
            from ends in Gen.Elements(true, false)
            select (lengths, cuts, ends)),
        input =>
        {
            var text = string.Concat(input.lengths.Select((length, index) => new string((char)('a' + (index % 26)), length - 1) + '\n'));
            if (!input.ends) text = text[..^1];
            var files = new MemoryFiles();
            var file = files.Add("/f", Encoding.Latin1.GetBytes(text));
            var blocks = Reading.Blocks(files, file.Cut(input.cuts.Select(cut => (long)cut)));
            return string.Concat(blocks.Select(block => block.Text)) == text
                && blocks.All(block => text.AsSpan((int)block.Offset).StartsWith(block.Text, StringComparison.Ordinal))
                && blocks.All(block => block.Text.EndsWith('\n') || block.Offset + block.Text.Length == text.Length);
        });

    [Property(MaxTest = 60)]
    public Property Read_PlannedFiles_EveryLineOnceInOrder() => Prop.ForAll(
        Arb.From(from texts in Texts.NonEmptyListOf().Resize(5) from size in Gen.Choose(1, 20) select (texts, size)),
        input =>
        {
            using var folder = new TempFolder();
            for (var index = 0; index < input.texts.Count; index++)
            {
                folder.Folder("in");
                File.WriteAllBytes(folder[$"in/{index:D3}"], Encoding.Latin1.GetBytes(input.texts[index]));
            }

            var plan = new InputPlanner(PhysicalFileSystem.Instance).Plan(new()
            {
                Job = "test",
                Inputs = [folder["in"]],
                Output = folder["out"],
                SplitSize = input.size,
                Steps = [new(true, false, false)],
            });
            return Reading.Lines(PhysicalFileSystem.Instance, plan.Splits.SelectMany(split => split.Pieces))
                .SequenceEqual(input.texts.SelectMany(Reading.LinesOf));
        });

    private static IEnumerable<long> LineStarts((long Offset, string Text) block)
    {
        var start = block.Offset;
        foreach (var line in Reading.LinesOf(block.Text))
        {
            yield return start;
            start += line.Length;
        }
    }
}

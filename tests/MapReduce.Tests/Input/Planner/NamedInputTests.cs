using MapReduce.Protocol;

namespace MapReduce.Tests.Input.Planner;

public class NamedInputTests : PlannerTest
{
    private static readonly InputShape[] Two = [new(IsSplittable: true, IsText: true, "orders"), new(IsSplittable: false, IsText: false, "images")];

    [Fact]
    public void Plan_TwoNames_PiecesKnowTheirSource()
    {
        Folder.File("a=b", new string('x', 10));
        Folder.File("image", new string('x', 10));
        var plan = Plan(Named("orders=a=b", "images=image") with { SplitSize = 4 });
        Assert.Equal([0, 0, 0, 1], plan.Splits.SelectMany(split => split.Pieces).Select(piece => piece.Source));
        Assert.Equal([false, false, false, true], plan.Splits.SelectMany(split => split.Pieces).Select(piece => piece.IsWhole));
    }

    [Fact]
    public void Plan_OneFileForTwoNames_IsReadByBoth()
    {
        Folder.File("a");
        Assert.Equal([0, 1], Plan(Named("orders=a", "images=a")).Splits.SelectMany(split => split.Pieces).Select(piece => piece.Source));
    }

    [Fact]
    public void Plan_OneFileTwiceForOneName_IsReadOnce()
    {
        Folder.File("a");
        var plan = Plan(Named("orders=a", "orders=a", "images=a"));
        Assert.Equal(2, plan.Splits.SelectMany(split => split.Pieces).Count());
        Assert.Contains("Read once", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NamesWrongInEveryWay_AllReportedAtOnce()
    {
        Folder.File("a");
        var reasons = Reasons(Named("order=a") with { Inputs = [$"order={Folder["a"]}", Folder["a"], $"images={Folder["none"]}"] });
        Assert.Collection(
            reasons,
            reason => Assert.Contains("is for 'order', which job 'test' does not read: its inputs are orders, images", reason, StringComparison.Ordinal),
            reason => Assert.Contains($"write orders={Folder["a"]} or images={Folder["a"]}", reason, StringComparison.Ordinal),
            reason => Assert.Contains("no path for its input 'orders': add orders=PATH", reason, StringComparison.Ordinal),
            reason => Assert.Contains("none' does not exist", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_EqualsSignWithoutNames_IsPartOfThePath()
    {
        Folder.File("day=1/a");
        Assert.Single(Plan(Spec("day=1")).Splits);
    }

    [Fact]
    public void Plan_NameForAJobWithoutNames_SaysSo() => AssertRefused(Spec("orders=a"), "does not name its inputs: give it paths alone");

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, true)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'a' }, true)]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF, 0, 0, 0, (byte)'a' }, true)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' }, false)]
    [InlineData(new byte[] { (byte)'a', (byte)'b' }, false)]
    public void Plan_TextWithAMark_IsCutOnlyAsUtf8(byte[] content, bool isWhole)
    {
        File.WriteAllBytes(Folder["a"], content);
        Assert.All(Plan(Spec("a") with { SplitSize = 2 }).Splits.SelectMany(split => split.Pieces), piece => Assert.Equal(isWhole, piece.IsWhole));
    }

    private JobSpec Named(params string[] inputs) => Spec() with
    {
        Inputs = [.. inputs.Select(input => input.Split('=', 2)).Select(input => $"{input[0]}={Folder[input[1]]}")],
        InputShapes = Two,
    };
}

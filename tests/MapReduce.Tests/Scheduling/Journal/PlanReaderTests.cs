using FsCheck;
using FsCheck.Fluent;
using MapReduce.Input;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;

namespace MapReduce.Tests.Scheduling.Journal;

public sealed class PlanReaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_AnyPlan_GivesItBackByPosition()
    {
        Prop.ForAll(Plans.ToArbitrary(), splits =>
        {
            using var plan = Write(splits);
            for (var i = splits.Length - 1; i >= 0; i--) Assert.Equal(splits[i].Pieces, plan[i].Pieces);
            Assert.Equal(splits.Length, plan.Count);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Order_AnyPlan_IsEverySplitOnceLargestFirst()
    {
        Prop.ForAll(Plans.ToArbitrary(), splits =>
        {
            using var plan = Write(splits);
            var expected = Enumerable.Range(0, splits.Length).OrderByDescending(i => splits[i].Length).ThenBy(i => i);
            Assert.Equal(expected, plan.Order(0, int.MaxValue));
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Order_Window_IsThatPartOfTheOrder()
    {
        using var plan = Write([.. Enumerable.Range(0, 10).Select(i => Split(("/f", 10 - i)))]);
        Assert.Equal([8, 9], plan.Order(8, 5));
    }

    [Fact]
    public void Order_SplitsOfLaterSteps_ComeAfterTheFirstSteps()
    {
        var plan = Plan([.. Enumerable.Range(1, 6).Select(i => Split(("/f", i)))]) with { SplitsOfSteps = [3, 0, 3] };
        File.WriteAllBytes(_path, PlanFormat.Write(plan));
        using var reader = new PlanReader(PhysicalFileSystem.Instance.OpenRead(_path), _path);
        Assert.Equal([2, 1, 0], reader.Order(0, 3));
        Assert.Equal([3, 0, 3], reader.SplitsOfSteps);
    }

    [Fact]
    public void Write_OneMapPerSplit_CostsAtMost32BytesEach()
    {
        var splits = Enumerable.Repeat(Split(("/f", 7)), 10_000).ToArray();
        Assert.InRange(PlanFormat.Write(Plan(splits)).Length / 10_000.0, 0, 32);
    }

    [Fact]
    public void Open_NotAPlan_SaysSo()
    {
        File.WriteAllText(_path, "something else entirely");
        var failure = Assert.Throws<IOException>(() => new PlanReader(PhysicalFileSystem.Instance.OpenRead(_path), _path));
        Assert.Contains(_path, failure.Message);
    }

    [Fact]
    public void Read_TruncatedPlan_SaysSo()
    {
        File.WriteAllBytes(_path, PlanFormat.Write(Plan(Split(("/f", 7))))[..^1]);
        using var plan = new PlanReader(PhysicalFileSystem.Instance.OpenRead(_path), _path);
        Assert.Throws<IOException>(() => plan[0]);
    }

    private static Gen<InputSplit[]> Plans =>
        (from name in Gen.Elements("/a", "/b/Ünïcode 文", "/c d/e-f", "/" + new string('x', 300))
         from length in Gen.Choose(0, 1000)
         select (name, length)).NonEmptyListOf().Select(pieces => Split([.. pieces])).ArrayOf();

    // Size and time belong to the file: the same name always has the same.
    private static InputSplit Split(params (string Name, int Length)[] pieces) =>
        new([.. pieces.Select((piece, i) => new FileRange(piece.Name, i * 5_000_000_000L, piece.Length, piece.Name.Length, piece.Name.Length * 3_000_000_000L, piece.Length % 3, piece.Name.Length > 9))]);

    private static InputPlan Plan(params InputSplit[] splits) => new(splits, 1, []);

    private PlanReader Write(InputSplit[] splits)
    {
        File.WriteAllBytes(_path, PlanFormat.Write(Plan(splits)));
        return new PlanReader(PhysicalFileSystem.Instance.OpenRead(_path), _path);
    }
}

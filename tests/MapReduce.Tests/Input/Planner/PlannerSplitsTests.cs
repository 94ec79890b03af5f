using MapReduce.Storage;

namespace MapReduce.Tests.Input.Planner;

public class PlannerSplitsTests : PlannerTest
{
    [Fact]
    public void Plan_EmptyFile_IsAccepted()
    {
        Folder.File("a", "");
        Assert.Equal(0, Assert.Single(Plan(Spec("a")).Splits).Length);
    }

    [Fact]
    public void Plan_OneByte_IsOneSplit()
    {
        Folder.File("a", "x");
        Assert.Equal(1, Assert.Single(Plan(Spec("a")).Splits).Length);
    }

    [Fact]
    public void Plan_SplitSize_IsObeyed()
    {
        Folder.File("a", new string('x', 100));
        Assert.Equal([34, 33, 33], Plan(Spec("a") with { SplitSize = 40 }).Splits.Select(split => split.Length));
    }

    [Fact]
    public void Plan_SplitsOfSeveralFiles_FollowTheInput()
    {
        Folder.File("b", new string('x', 10));
        Folder.File("a", new string('x', 10));
        var second = Plan(Spec("b", "a") with { SplitSize = 7 }).Splits[1];
        Assert.Equal([(Folder["b"], 7L, 3L), (Folder["a"], 0L, 4L)], second.Pieces.Select(piece => (piece.Path, piece.Offset, piece.Length)));
    }

    [Fact]
    public void Plan_TenThousandSmallFiles_IsFewTasks()
    {
        // Links to one file are made faster than files.
        var first = Folder.File("in/0", new string('x', 1024));
        for (var index = 1; index < 10_000; index++) PhysicalFileSystem.Instance.TryLink(first, Folder[$"in/{index}"]);
        Assert.Single(Plan(Spec("in")).Splits);
    }
}

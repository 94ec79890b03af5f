using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.Tests.Output;

public class OutputNamesTests
{
    private static readonly TaskId Map = new(0, TaskKind.Map, 3), Reduce = new(2, TaskKind.Reduce, 123_456);

    [Theory]
    [InlineData("errors", "errors-m-00003", "errors-2-r-123456")]
    [InlineData("chart.png", "chart-m-00003.png", "chart-2-r-123456.png")]
    [InlineData("data.tar.gz", "data-m-00003.tar.gz", "data-2-r-123456.tar.gz")]
    [InlineData("x-m-00003", "x-m-00003-m-00003", "x-m-00003-2-r-123456")]
    public void Beside_Name_CarriesTheTaskBeforeItsEnding(string name, string onlyStep, string oneOfSeveral) =>
        Assert.Equal((onlyStep, oneOfSeveral), (OutputNames.Beside(name, Map, isOnlyStep: true), OutputNames.Beside(name, Reduce, isOnlyStep: false)));

    [Theory]
    [InlineData("part")]
    [InlineData("part.csv")]
    [InlineData("_mine")]
    [InlineData(".mine")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Check_NameThatCannotBe_IsRefused(string name) => Assert.ThrowsAny<ArgumentException>(() => OutputNames.Check(name));

    [Theory]
    [InlineData("parts")]
    [InlineData("part-of-it")]
    [InlineData("Ünïcode und Leerzeichen.txt")]
    public void Check_PlainName_Passes(string name) => OutputNames.Check(name);

    // Whatever tasks call their files, no two of a job are alike, and none is a part.
    [Fact]
    public void Beside_AnyNamesAndTasks_NeverCollide()
    {
        string[] names = ["a", "a-m-00000", "a-0", "a-0-m-00000", "a.b", "a-m-00000.b", "a-r-00000", "parts", "part-m-00000x"];
        var tasks = from step in (int[])[0, 1] from kind in (TaskKind[])[TaskKind.Map, TaskKind.Reduce] from index in (int[])[0, 1] select new TaskId(step, kind, index);
        var several = (from task in tasks from name in names select OutputNames.Beside(name, task, isOnlyStep: false)).ToList();
        var only = (from task in tasks where task.Step == 0 from name in names select OutputNames.Beside(name, task, isOnlyStep: true)).ToList();
        Assert.Equal((several.Count, only.Count), (several.Distinct().Count(), only.Distinct().Count()));
        Assert.DoesNotContain(only.Concat(several), name => tasks.Any(task => OutputNames.Part(task) == name));
    }
}

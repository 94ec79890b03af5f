using MapReduce.Input;
using MapReduce.Protocol;

namespace MapReduce.Tests.Input.Planner;

public class SplitSizeTests
{
    private const long MiB = 1L << 20, GiB = 1L << 30;

    [Theory]
    [InlineData(true, 2, 256, 1 * GiB, 4)] // folds: two a slot
    [InlineData(false, 2, 256, 1 * GiB, 8)] // else four
    [InlineData(false, 2, 256, 4 * GiB, 30)] // at most 55 % of memory: 29.1 splits, in whole waves
    [InlineData(true, 2, 256, 64 * GiB, 64)] // at most 1 GiB
    [InlineData(true, 2, 256, 10 * MiB, 1)] // at least 32 MiB
    [InlineData(true, 2, 256, 33 * MiB, 2)]
    [InlineData(false, 2, 16, 1 * GiB, 32)] // the least wins over the memory
    [InlineData(true, 8, 256, 40 * MiB, 2)]
    [InlineData(true, 2, 256, 70 * MiB, 4)]
    public void For_NoSizeAsked_MakesSplits(bool folds, int slots, int memoryMiB, long bytes, int splits)
    {
        var spec = Spec(folds) with { Slots = slots, MemoryPerSlot = memoryMiB * MiB };
        Assert.Equal(splits, SplitSize.CeilingDivide(bytes, SplitSize.For(spec, spec.Steps[0], bytes)));
    }

    [Fact]
    public void For_SizeAsked_IsIt() => Assert.Equal(7, SplitSize.For(Spec(true) with { SplitSize = 7 }, Spec(true).Steps[0], GiB));

    [Fact]
    public void For_NoInput_IsAtLeastOne() => Assert.True(SplitSize.For(Spec(true), Spec(true).Steps[0], 0) >= 1);

    [Theory]
    [InlineData(100 * GiB, 762)]
    [InlineData(1, 1)]
    [InlineData(long.MaxValue / 4, 50_000_000)]
    public void Fitting_Bytes_MakesNoMoreSplits(long bytes, long most) =>
        Assert.True(SplitSize.CeilingDivide(bytes, SplitSize.Fitting(bytes, most, canSplitAll: true)) <= most);

    private static JobSpec Spec(bool folds) => new()
    {
        Job = "test",
        Inputs = ["/in"],
        Output = "/out",
        Steps = [new StepShape(true, false, folds)],
    };
}

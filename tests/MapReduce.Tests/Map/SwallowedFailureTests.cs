using MapReduce.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>A mapper that catches what Emit throws must not make an output in which records are missing.</summary>
public class SwallowedFailureTests
{
    [Fact]
    public void Map_DiskFullSwallowedWhileFolding_Fails()
    {
        using var test = new TestWorkspace(TestWorkspace.Smallest, new FullFileSystem("run-", 1_000));
        var plan = Swallowing().Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Throws<IOException>(() => test.Map(plan, test.Numbers(50_000)));
    }

    [Fact]
    public void Map_DiskFullSwallowedWhileSorting_Fails()
    {
        using var test = new TestWorkspace((2 << 20) + (64 << 10), new FullFileSystem("run-", 1_000));
        Assert.Throws<IOException>(() => test.Map(Swallowing().Sort().WriteText(), test.Numbers(50_000)));
    }

    [Fact]
    public void Map_FoldThrowsSwallowed_Fails()
    {
        using var test = new TestWorkspace();
        var plan = Swallowing().Combine((_, _) => throw new FormatException("bad")).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Contains("bad", Assert.Throws<UserCodeException>(() => test.Map(plan, test.Split(string.Concat(Enumerable.Repeat("same\n", 10_000))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_CombinerThrowsSwallowed_Fails()
    {
        using var test = new TestWorkspace((2 << 20) + (64 << 10));
        var calls = 0;
        var plan = Swallowing().CombineValues((_, values) => calls++ == 0 ? throw new FormatException("bad") : values).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Contains("bad", Assert.Throws<UserCodeException>(() => test.Map(plan, test.Numbers(50_000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_CancelledSwallowed_Stops()
    {
        using var stop = new CancellationTokenSource();
        using var test = new TestWorkspace(TestWorkspace.Smallest, cancellation: stop.Token);
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, long>((line, output) =>
        {
            if (line.SequenceEqual("100"u8)) stop.Cancel();
            Emit(line, output);
        }).Combine(new Sum<long>()).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Throws<OperationCanceledException>(() => test.Map(plan, test.Numbers(50_000)));
    }

    private static Pairs<ReadOnlySpan<byte>, long> Swallowing() => Job.ReadLines().Map<ReadOnlySpan<byte>, long>(Emit);

    private static void Emit(ReadOnlySpan<byte> line, Emitter<ReadOnlySpan<byte>, long> output)
    {
        try
        {
            output.Emit(line, 1);
        }
        catch (Exception error) when (error is IOException or FormatException or OperationCanceledException or UserCodeException)
        {
        }
    }
}

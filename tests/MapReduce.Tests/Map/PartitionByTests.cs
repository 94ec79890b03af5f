using MapReduce.Map;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

public sealed class PartitionByTests : IDisposable
{
    private const int Partitions = 5;
    private readonly TestWorkspace _test = new(4 << 20);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void PartitionBy_PartOfTheKey_KeepsEqualPartsTogether()
    {
        var parts = Parts(Keys().PartitionBy(key => key[..1]).Reduce((_, values) => values.Sum()).WriteText());
        Assert.All(parts.SelectMany((lines, partition) => lines.Select(line => (line[0], partition))).GroupBy(line => line.Item1), group => Assert.Single(group.Select(line => line.partition).Distinct()));
        Assert.Equal(1_000, parts.Sum(lines => lines.Length));
        Assert.True(parts.Count(lines => lines.Length > 0) > 1);
    }

    [Fact]
    public void PartitionBy_PartOfTheKey_IsThePartitionOfThatPartAsAKey()
    {
        var parts = Parts(Keys().PartitionBy(key => key[..1]).Reduce((_, values) => values.Sum()).WriteText());
        var alone = new HashPartitioner(Partitions);
        Assert.All(parts.SelectMany((lines, partition) => lines.Select(line => (line, partition))), found => Assert.Equal(alone.Of(System.Text.Encoding.UTF8.GetBytes(found.line[..1])), found.partition));
    }

    [Fact]
    public void PartitionBy_ChosenNumber_IsTakenAlsoByAFold()
    {
        var plan = Job.ReadLines().Map(line => new[] { (int.Parse(line.Text, null) % 50, 1L) }).Combine(new Sum<long>()).PartitionBy((key, partitions) => key % partitions).Reduce((_, counts) => counts.Sum()).WriteText();
        var parts = Parts(plan);
        Assert.All(Enumerable.Range(0, Partitions), partition => Assert.Equal(Enumerable.Range(0, 50).Where(key => key % Partitions == partition).Select(key => $"{key}\t20"), parts[partition]));
    }

    [Theory]
    [InlineData(-1), InlineData(Partitions)]
    public void PartitionBy_NumberOutOfRange_FailsAndNamesIt(int partition)
    {
        var plan = Keys().PartitionBy((_, _) => partition).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Contains($"gave {partition} for a key; there are 5 reduce tasks, from 0 to 4", Assert.Throws<UserCodeException>(() => Parts(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartitionBy_FunctionThatChangesItsMind_FailsInAFold()
    {
        var calls = 0;
        var plan = Keys().Combine(new Sum<long>()).PartitionBy((_, partitions) => calls++ / 1_000 % partitions).Reduce((_, values) => values.Sum()).WriteText();
        Assert.Contains("must depend on the key alone", Assert.Throws<UserCodeException>(() => Parts(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartitionBy_WithATotalOrder_IsRefused() =>
        Assert.Contains("leave one out", Assert.Throws<NotSupportedException>(() => Keys().PartitionBy(key => key.Length).Sort()).Message, StringComparison.Ordinal);

    private static Pairs<string, long> Keys() => Job.ReadLines().Map(line => new[] { ($"{(char)('a' + (line.Text.Length + line.Text[^1]) % 9)}{line.Text}", 1L) });

    private string[][] Parts(JobPlan plan)
    {
        var map = _test.Map(plan, _test.Numbers(1_000), Partitions);
        return [.. Enumerable.Range(0, Partitions).Select(partition => _test.Reduce(plan, partition, map))];
    }
}

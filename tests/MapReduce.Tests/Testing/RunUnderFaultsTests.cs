using MapReduce.Testing;

namespace MapReduce.Tests.Testing;

public sealed class RunUnderFaultsTests
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 40).Select(n => $"word{n % 7} x{n % 3}")];

    private static readonly JobPlan Count = Job.ReadLines()
        .Map(line => line.Words().Select(word => (word, 1L)))
        .Combine((a, b) => a + b)
        .Reduce((_, counts) => counts.Sum())
        .WriteText();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RunUnderFaults_WordCount_IsWhatItIsWithout(int seed)
    {
        var lines = JobTest.RunUnderFaults(Count, Lines, seed).Lines;
        var expected = Lines.SelectMany(line => line.Split(' ')).GroupBy(word => word).Select(group => $"{group.Key}\t{group.Count()}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 30)];

    [Fact]
    public void RunUnderFaults_OutputDependsOnTheAttempt_NamesTheSeedThatRepeatsIt()
    {
        var plan = Job.ReadLines().Map(() => new Tries()).Reduce((_, tries) => tries.Max()).WriteText();
        var error = Enumerable.Range(0, 20).Select(seed => Record.Exception(() => JobTest.RunUnderFaults(plan, Lines, seed))).OfType<JobTestException>().First();
        var seed = int.Parse(error.Message.Split("seed: ")[1].Split(' ')[0]);
        Assert.Equal(error.Message, Assert.Throws<JobTestException>(() => JobTest.RunUnderFaults(plan, Lines, seed)).Message);
    }

    [Fact]
    public void RunUnderFaults_Succeeds_TellsTheSeed()
    {
        Assert.Equal(7, JobTest.RunUnderFaults(Count, Lines, seed: 7).Seed);
        Assert.NotNull(JobTest.RunUnderFaults(Count, Lines).Seed);
        Assert.Null(JobTest.Run(Count, Lines).Seed);
    }

    // Tells in its output how often it was tried.
    private sealed class Tries : IMapper<string, int>
    {
        private int _attempt;

        public void Setup(TaskContext task) => _attempt = task.Attempt;

        public void Map(ReadOnlySpan<byte> line, Emitter<string, int> output) => output.Emit("attempts", _attempt);
    }
}

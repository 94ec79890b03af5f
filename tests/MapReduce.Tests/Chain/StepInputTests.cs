using MapReduce.Local;
using MapReduce.Protocol;
using MapReduce.Testing;
using MapReduce.Tests.Local;

namespace MapReduce.Tests.Chain;

/// <summary>Steps that read what the step before left and an input of the job, against LINQ.</summary>
public sealed class StepInputTests : IDisposable
{
    private const string Text = "to be or not to be\nthat is the question\n";

    private readonly LocalFixture _fixture = new();

    // What the fixture's five files hold.
    private static IEnumerable<string> Words => Enumerable.Repeat(Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), 5).SelectMany(words => words);

    private static Pairs<string, long> Ones => Job.ReadLines().Map(line => line.Words().Select(word => ((string)word, 1L)));

    private static Results<string, long> Counts => Ones.Combine((a, b) => a + b).Reduce((_, ones) => ones.Sum());

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(true, 1), InlineData(false, 1), InlineData(true, 3), InlineData(false, 3)]
    public async Task Concat_ResultsAndInput_EachRecordIsReadOnce(bool resultsFirst, int reducers)
    {
        var hundreds = Counts.Map((word, count) => Once(word, 100 * count));
        var plan = (resultsFirst ? hundreds.Concat(Ones) : Ones.Concat(hundreds)).Combine((a, b) => a + b).Reduce((_, counts) => counts.Sum()).WriteText();
        Assert.Equal([(false, 0), (false, 1)], plan.Inputs.Select(input => (input.Name is not null, input.Step)));
        var expected = Words.CountBy(word => word).Select(pair => $"{pair.Key}\t{101 * pair.Value}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await LinesAsync(plan, reducers)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Concat_InputInEachOfManySteps_IsReadInEach()
    {
        var results = Counts;
        for (var i = 0; i < 3; i++) results = results.Map((word, count) => Once(word, 10 * count)).Concat(Ones).Reduce((_, counts) => counts.Sum());
        var expected = Words.CountBy(word => word).Select(pair => $"{pair.Key}\t{1111 * pair.Value}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await LinesAsync(results.WriteText(), reducers: 2)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sort_ResultsAndInput_IsInOrderOverAllParts()
    {
        var plan = Counts.Map((word, count) => Once(word, count)).Concat(Ones).Sort().WriteText();
        var expected = Words.CountBy(word => word).Select(pair => (pair.Key, (long)pair.Value)).Concat(Words.Select(word => (word, 1L)));
        var lines = await LinesAsync(plan, reducers: 4);
        Assert.Equal(expected.Select(record => record.Item1).Order(StringComparer.Ordinal), lines.Select(line => line.Split('\t')[0]));
        Assert.Equal(expected.Select(record => $"{record.Item1}\t{record.Item2}").Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteText_ResultsAndInputWithoutReduce_WritesResultsThenInput()
    {
        var plan = Counts.Map((word, count) => Once(word, count)).Concat(Ones).WriteText();
        var expected = Words.CountBy(word => word).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\t{pair.Value}").Concat(Words.Select(word => $"{word}\t1"));
        Assert.Equal(expected, await LinesAsync(plan));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7)]
    public void Join_ResultsAndNamedInput_IsTheSameUnderFaults(int seed)
    {
        string[] orders = [.. Enumerable.Range(0, 60).Select(i => $"u{i % 7},{i}")], users = [.. Enumerable.Range(0, 5).Select(i => $"u{i}\tname{i}")];
        var totals = Job.ReadLines("orders").Map(line => Once(line.Text.Split(',')[0], long.Parse(line.Text.Split(',')[1]))).Reduce((_, amounts) => amounts.Sum());
        var names = Job.ReadKeyValues(input: "users").Map(user => (user.Key.ToString(), user.Value.ToString()));
        var plan = names.Join(totals.Map((user, total) => Once(user, total)), (_, name, total) => (name, total)).WriteText();
        TestFile[] files = [new("orders/a", orders[..20]), new("orders/b", orders[20..]), new("users", users)];
        var expected = orders.Select(order => order.Split(',')).GroupBy(order => order[0], order => long.Parse(order[1]))
            .Join(users.Select(user => user.Split('\t')), group => group.Key, user => user[0], (group, user) => (group.Key, (user[1], group.Sum()))).OrderBy(record => record.Key, StringComparer.Ordinal);
        Assert.Equal(expected, JobTest.Run(plan, files).Records<string, (string, long)>());
        Assert.Equal(expected, JobTest.RunUnderFaults(plan, files, seed).Records<string, (string, long)>().OrderBy(record => record.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_PathOfALaterInputIsMissing_IsRefusedAtOnce()
    {
        var plan = Job.ReadLines("first").Map(line => Once(line.Text, 1L)).Reduce((_, ones) => ones.Sum()).Map((word, count) => Once(word, count))
            .Concat(Job.ReadLines("second").Map(line => Once(line.Text, 1L))).WriteText();
        var refused = await Assert.ThrowsAsync<JobRejectedException>(() => LocalCluster.RunAsync(plan, [$"first={_fixture.Spec(plan).Inputs[0]}"], _fixture.Output));
        Assert.Contains("has no path for its input 'second'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_InputsAreNotOfTheSteps_AreNamed()
    {
        var plan = Counts.WriteText();
        var spec = _fixture.Spec(plan) with { InputShapes = [new InputShape(true, true, Step: 1)], Steps = plan.Shapes };
        var reasons = MapReduce.Input.SpecProblems.Of(spec).ToList();
        Assert.Contains(reasons, reason => reason.Contains("is for step 1 of job", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("first step", StringComparison.Ordinal));
    }

    [Fact]
    public void Concat_TwoResults_IsRefused() =>
        Assert.Contains("let one Map emit", Assert.Throws<ArgumentException>(() => Counts.Map((word, count) => Once(word, count)).Concat(Counts.Map((word, count) => Once(word, count)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Concat_NamedInputBehindOneWithoutName_IsRefused() =>
        Assert.Contains("'second'", Assert.Throws<ArgumentException>(() => Counts.Map((word, count) => Once(word, count)).Concat(Job.ReadLines("second").Map(line => Once(line.Text, 1L)))).Message, StringComparison.Ordinal);

    private static (TKey Key, TValue Value)[] Once<TKey, TValue>(TKey key, TValue value) => [(key, value)];

    private async Task<List<string>> LinesAsync(JobPlan plan, int reducers = 1)
    {
        var status = await LocalFixture.RunAsync(plan, _fixture.Spec(plan) with { Reducers = reducers });
        Assert.True(status.State == JobState.Succeeded, status.Error);
        return [.. Directory.GetFiles(_fixture.Output, "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)];
    }
}

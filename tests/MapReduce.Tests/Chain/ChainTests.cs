using System.Text;
using MapReduce.Counters;
using MapReduce.Protocol;
using MapReduce.Tests.Local;

namespace MapReduce.Tests.Chain;

/// <summary>Jobs of several steps, against LINQ.</summary>
public sealed class ChainTests : IDisposable
{
    private const string Text = "to be or not to be\nthat is the question\n";

    private readonly LocalFixture _fixture = new();

    // What the fixture's five files hold.
    private static IEnumerable<string> Words => Enumerable.Repeat(Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), 5).SelectMany(words => words);

    private static Results<string, long> Counts => Job.ReadLines()
        .Map(line => line.Words().Select(word => ((string)word, 1L))).Combine((a, b) => a + b).Reduce((_, ones) => ones.Sum());

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_ReduceThenReduce_IsWhatLinqGives()
    {
        var plan = Counts.Map((word, count) => Once(count, word)).Reduce((_, words) => string.Join('+', words.Order(StringComparer.Ordinal))).WriteText();
        var expected = Words.CountBy(word => word).GroupBy(pair => (long)pair.Value, pair => pair.Key)
            .Select(group => $"{group.Key}\t{string.Join('+', group.Order(StringComparer.Ordinal))}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await LinesAsync(plan, reducers: 3)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_FiveIterations_AreFiveSteps()
    {
        var results = Counts;
        for (var i = 0; i < 4; i++) results = results.Map((word, count) => Once(word, count * 2)).Reduce((_, counts) => counts.Sum());
        var plan = results.WriteText();
        Assert.Equal(5, plan.Shapes.Count);
        var expected = Words.CountBy(word => word).Select(pair => $"{pair.Key}\t{pair.Value * 16}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await LinesAsync(plan, reducers: 2)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_SpansFromStepToStep_AreWhatWasWritten()
    {
        var plan = Job.ReadLines().Map<ReadOnlySpan<byte>, ReadOnlySpan<byte>>((line, output) => output.Emit(line, line[..2]))
            .Map<ReadOnlySpan<byte>, long>((key, value, output) => output.Emit(value, key.Length))
            .Combine(new Sum<long>()).Reduce((ReadOnlySpan<byte> _, IEnumerable<long> lengths) => lengths.Sum()).WriteText();
        Assert.Equal([false, true], plan.Shapes.Select(shape => shape.HasReduce));
        Assert.Equal(["th\t100", "to\t90"], await LinesAsync(plan));
    }

    [Fact]
    public async Task Run_MapOnlyStepsInBetweenAndLast_KeepTheOrder()
    {
        var plan = Counts.Map((word, count) => Once(word.Length, (word, count)))
            .AsRecords().Where(record => record.Key > 2).Map(record => (record.Value.word, record.Value.count * record.Key)).WriteText();
        Assert.Equal([true, false, false], plan.Shapes.Select(shape => shape.HasReduce));
        var expected = Words.Where(word => word.Length > 2).CountBy(word => word).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\t{pair.Value * pair.Key.Length}");
        Assert.Equal(expected, await LinesAsync(plan));
        Assert.True(File.Exists(Path.Combine(_fixture.Output, "part-m-00000")));
    }

    [Fact]
    public async Task Run_SortAsLastStep_IsInOrderOverAllParts()
    {
        var plan = Counts.Map((word, count) => Once((-count, word), default(NoValue))).Sort().WriteText();
        var expected = Words.CountBy(word => word).OrderBy(pair => -pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{-pair.Value}\t{pair.Key}");
        Assert.Equal(expected, await LinesAsync(plan, reducers: 4));
    }

    [Fact]
    public async Task Run_TopOfAnEarlierStep_IsWhatLinqGives()
    {
        var expected = Words.CountBy(word => word).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(3).Select(pair => $"{pair.Key}\t{pair.Value}");
        Assert.Equal(expected, await LinesAsync(Counts.Map((word, count) => Once(word, count)).Top(3).WriteText(), reducers: 2));
    }

    [Fact]
    public async Task Run_MapperWithStateInALaterStep_SeesEachRecordOnce()
    {
        var plan = Counts.AsRecords().Map(() => new Total()).Reduce((_, counts) => counts.Sum()).WriteText();
        Assert.Equal([$"all\t{Words.Count()}"], await LinesAsync(plan, reducers: 3));
    }

    [Fact]
    public async Task Run_ThreeSteps_CountersAreTheSumOfAll()
    {
        var plan = Counts.Map((word, count) => Once(word, count)).Reduce((_, counts) => counts.Sum()).Map((word, count) => Once(word, count)).WriteText();
        var status = await LocalFixture.RunAsync(plan, _fixture.Spec(plan) with { Reducers = 2 });
        Assert.Equal((3, 3), (status.Step, status.Steps));
        var (words, distinct) = (Words.Count(), Words.Distinct().Count());
        Assert.Equal(
            (JobState.Succeeded, 10 + distinct + distinct, words + distinct + distinct, 2 * distinct, 2 * distinct),
            (status.State, Counter(CounterNames.MapInputRecords), Counter(CounterNames.MapOutputRecords), Counter(CounterNames.ReduceOutputRecords), Counter(CounterNames.ReduceInputGroups)));

        int Counter(string name) => (int)status.Counters[name];
    }

    [Fact]
    public async Task Run_RecordsOfAllSizes_AreWhole()
    {
        int[] sizes = [0, 1, 127, 128, 60_000, 65_536, 300_000, 5];
        var plan = Job.ReadLines().SelectMany(_ => sizes.Select((size, i) => (i, size)))
            .Map(item => (item.i, new string((char)('a' + item.i), item.size)))
            .Map((i, text) => Once(i, text.All(c => c == 'a' + i) ? text.Length : -1)).Reduce((_, lengths) => string.Join(',', lengths.Distinct())).WriteText();
        Assert.Equal(sizes.Select((size, i) => $"{i}\t{size}"), await LinesAsync(plan));
    }

    [Fact]
    public async Task Run_EmptyStep_GivesAnEmptyOutput()
    {
        var plan = Counts.AsRecords().Where(_ => false).Map(record => record).Reduce((_, counts) => counts.Sum()).WriteText();
        Assert.Empty(await LinesAsync(plan, reducers: 2));
    }

    [Fact]
    public async Task Run_MapperOfALaterStepFails_NamesTheStepsRecord()
    {
        var plan = Counts.Map((word, count) => word == "not" ? throw new InvalidDataException("no 'not'") : Once(word, count)).WriteText();
        var status = await LocalFixture.RunAsync(plan, _fixture.Spec(plan) with { MaxAttempts = 1 });
        Assert.Equal(JobState.Failed, status.State);
        Assert.Contains("no 'not'", status.Error, StringComparison.Ordinal);
        Assert.Contains("task 1-m-00000", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_KeyWithoutCodec_IsRefusedWhenPlanned() =>
        Assert.Throws<NotSupportedException>(() => Job.ReadLines().Map(line => Once(new StringBuilder(line.Text), 1)).Map((key, _) => Once(key.ToString(), 1)));

    private static (TKey Key, TValue Value)[] Once<TKey, TValue>(TKey key, TValue value) => [(key, value)];

    private async Task<List<string>> LinesAsync(JobPlan plan, int reducers = 1)
    {
        var status = await LocalFixture.RunAsync(plan, _fixture.Spec(plan) with { Reducers = reducers });
        Assert.True(status.State == JobState.Succeeded, status.Error);
        return [.. Directory.GetFiles(_fixture.Output, "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)];
    }

    private sealed class Total : IRecordMapper<(string Key, long Value), string, long>
    {
        private long _sum;

        public void Map((string Key, long Value) record, Emitter<string, long> output) => _sum += record.Value;

        public void Finish(Emitter<string, long> output) => output.Emit("all", _sum);
    }
}

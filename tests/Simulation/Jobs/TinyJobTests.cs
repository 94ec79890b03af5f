using System.Text;
using MapReduce.Counters;
using Simulation.Disk;
using Simulation.World;

namespace Simulation.Jobs;

public class TinyJobTests
{
    public static TheoryData<string> Names => [.. TinyJob.All.Select(job => job.Name)];

    public static TheoryData<string> SimpleNames => [.. TinyJob.All.Where(job => !ChainModel.Knows(job)).Select(job => job.Name)];

    public static TheoryData<string> ChainNames => [.. TinyJob.All.Where(ChainModel.Knows).Select(job => job.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Expected_EachJob_IsWhatPlainCodeWrites(string name)
    {
        var (job, model) = Open(name);
        var prefix = job.Reducers == 0 ? "part-m-" : "part-r-";
        var parts = ChainModel.Knows(job) ? Chain(job).Parts : model.Parts;
        Assert.Equal(
            parts.Select((text, part) => KeyValuePair.Create($"{prefix}{part:D5}", text)).Concat(model.Beside).OrderBy(file => file.Key, StringComparer.Ordinal),
            job.Expected.Select(Masked).OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ChainNames))]
    public void Counters_EachJobOfSeveralSteps_AreWhatPlainCodeCounts(string name)
    {
        var (job, model) = Open(name);
        var chain = Chain(job);
        var (lines, words, counts, last) = (model.Lines.Sum(each => each.Count), chain.Words.Sum(each => each.Count), chain.Counts.Sum(part => part.Count), chain.Records.Sum(part => part.Count));
        // A mapper of records counts them, and passes each on.
        var passed = counts * (job.Plan.Shapes.Count - 1);
        if (chain.ReadsAgain) (lines, words) = (2 * lines, 2 * words);
        AssertCounter(job, CounterNames.MapInputRecords, lines + passed);
        AssertCounter(job, CounterNames.MapOutputRecords, words + passed);
        AssertCounter(job, HeadMapper.Records, passed);
        AssertCounter(job, TinyMapper<long, long>.Lines, lines);
        AssertCounter(job, CounterNames.ReduceOutputRecords, counts + last);
        AssertCounter(job, TinyReducer<long, long, long>.Keys, name.StartsWith("chain-sort", StringComparison.Ordinal) ? counts : counts + last);
    }

    [Theory]
    [MemberData(nameof(SimpleNames))]
    public void Counters_EachJobOfOneStep_AreWhatPlainCodeCounts(string name)
    {
        var (job, model) = Open(name);
        var hasReduce = job.Reducers > 0;
        var forms = hasReduce && !name.StartsWith("sort", StringComparison.Ordinal);
        AssertCounter(job, CounterNames.MapInputRecords, model.Lines.Sum(lines => lines.Count));
        AssertCounter(job, TinyMapper<long, long>.Lines, model.Lines.Sum(lines => lines.Count));
        AssertCounter(job, CounterNames.MapOutputRecords, model.Emitted.Sum(records => records.Count));
        AssertCounter(job, CounterNames.ReduceInputRecords, hasReduce ? model.Emitted.Sum(model.Travelling) : 0);
        AssertCounter(job, CounterNames.ReduceOutputRecords, hasReduce ? model.Parts.Sum(part => part.Count(c => c == '\n')) : 0);
        AssertCounter(job, CounterNames.ReduceInputGroups, forms ? model.Keys.Count() : 0);
        AssertCounter(job, TinyReducer<long, long, long>.Keys, forms ? model.Keys.Count() : 0);
        AssertCounter(job, CounterNames.BytesWritten, job.Expected.Sum(part => part.Value.Length));
    }

    [Fact]
    public void Counters_LittleMemory_RecordsAreSpilledTwice() =>
        Assert.True(TinyJob.Named("spill-2").Counters[CounterNames.SpilledRecords] > TinyJob.Named("group-2").Counters[CounterNames.SpilledRecords]);

    [Theory]
    [MemberData(nameof(Names))]
    public void IsRight_OnePartOtherwise_IsFalse(string name)
    {
        var job = TinyJob.Named(name);
        Assert.True(job.IsRight(job.Expected));
        foreach (var (part, content) in job.Expected)
        {
            Assert.False(job.IsRight(new Dictionary<string, byte[]>(job.Expected) { [part] = [.. content, (byte)'\n'] }));
            Assert.False(job.IsRight(job.Expected.Where(file => file.Key != part).ToDictionary()));
            if (content.Length > 0) Assert.False(job.IsRight(new Dictionary<string, byte[]>(job.Expected) { [part] = content[..^1] }));
        }
    }

    private static (TinyJob Job, TinyModel Model) Open(string name)
    {
        var job = TinyJob.Named(name);
        return (job, new TinyModel(job, job.WriteInputs(new SimDisk(new VirtualWorld(seed: 0)).Outside, "/in")));
    }

    private static ChainModel Chain(TinyJob job) => new(job, job.WriteInputs(new SimDisk(new VirtualWorld(seed: 0)).Outside, "/in"));

    private static void AssertCounter(TinyJob job, string counter, long expected) => Assert.Equal((counter, expected), (counter, job.Counters.GetValueOrDefault(counter)));

    private static KeyValuePair<string, string> Masked(KeyValuePair<string, byte[]> part) =>
        KeyValuePair.Create(part.Key, Nonces.Masked(Encoding.Latin1.GetString(part.Value)));
}

using System.Text;
using MapReduce.Counters;
using Simulation.Disk;
using Simulation.World;

namespace Simulation.Jobs;

public class TinyJobTests
{
    public static TheoryData<string> Names => [.. TinyJob.All.Select(job => job.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Expected_EachJob_IsWhatPlainCodeWrites(string name)
    {
        var (job, model) = Open(name);
        var prefix = job.Reducers == 0 ? "part-m-" : "part-r-";
        Assert.Equal(
            model.Parts.Select((text, part) => KeyValuePair.Create($"{prefix}{part:D5}", text)).Concat(model.Beside).OrderBy(file => file.Key, StringComparer.Ordinal),
            job.Expected.Select(Masked).OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counters_EachJob_AreWhatPlainCodeCounts(string name)
    {
        var (job, model) = Open(name);
        var hasReduce = job.Reducers > 0;
        var forms = hasReduce && !name.StartsWith("sort", StringComparison.Ordinal);
        AssertCounter(CounterNames.MapInputRecords, model.Lines.Sum(lines => lines.Count));
        AssertCounter(TinyMapper<long, long>.Lines, model.Lines.Sum(lines => lines.Count));
        AssertCounter(CounterNames.MapOutputRecords, model.Emitted.Sum(records => records.Count));
        AssertCounter(CounterNames.ReduceInputRecords, hasReduce ? model.Emitted.Sum(model.Travelling) : 0);
        AssertCounter(CounterNames.ReduceOutputRecords, hasReduce ? model.Parts.Sum(part => part.Count(c => c == '\n')) : 0);
        AssertCounter(CounterNames.ReduceInputGroups, forms ? model.Keys.Count() : 0);
        AssertCounter(TinyReducer<long, long, long>.Keys, forms ? model.Keys.Count() : 0);
        AssertCounter(CounterNames.BytesWritten, job.Expected.Sum(part => part.Value.Length));

        void AssertCounter(string counter, long expected) => Assert.Equal((counter, expected), (counter, job.Counters.GetValueOrDefault(counter)));
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

    private static KeyValuePair<string, string> Masked(KeyValuePair<string, byte[]> part) =>
        KeyValuePair.Create(part.Key, Nonces.Masked(Encoding.Latin1.GetString(part.Value)));
}

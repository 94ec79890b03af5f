using System.Text;
using MapReduce.Input;
using MapReduce.Map;

namespace Simulation.Jobs;

/// <summary>What the tiny jobs of several steps must write, in plain C#, as <see cref="TinyModel"/> for the others.</summary>
internal sealed class ChainModel(TinyJob job, InputPlan plan)
{
    private static readonly char[] Blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    public static bool Knows(TinyJob job) => job.Name.StartsWith("chain", StringComparison.Ordinal);

    /// <summary>True when the last step reads the input, too.</summary>
    public bool ReadsAgain => job.Name.StartsWith("chain-input", StringComparison.Ordinal);

    public List<List<string>> Words => [.. new TinyModel(job, plan).Lines.Select(lines => lines.SelectMany(line => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)).ToList())];

    /// <summary>The first step's parts.</summary>
    public List<List<(string Key, long Value)>> Counts => Reduced(Words.SelectMany(words => words).Select(word => (word, 1L)), Hash);

    /// <summary>The last step's parts.</summary>
    public List<List<(string Key, long Value)>> Records => job.Name.StartsWith("chain-sort", StringComparison.Ordinal)
        ? Reduced(Counts.SelectMany(part => part), Range)
        : ReadsAgain
        ? Reduced(Counts.SelectMany(part => part).Concat(Words.SelectMany(words => words).Select(word => (word, 1L))), Hash)
        : Reduced(Counts.SelectMany(part => part).Select(record => (record.Key[..1], record.Value)), Hash);

    public List<string> Parts => [.. Records.Select(part => string.Concat(part.Select(record => $"{record.Key}\t{record.Value}\n")))];

    private int Hash(string key) => new HashPartitioner(plan.Reducers).Of(Encoding.Latin1.GetBytes(key));

    // So few records are the sample themselves.
    private int Range(string key)
    {
        var sample = Counts.SelectMany(part => part).Select(record => record.Key).Order(StringComparer.Ordinal).ToList();
        var boundaries = Enumerable.Range(1, plan.Reducers - 1).Where(_ => sample.Count > 0).Select(i => sample[sample.Count * i / plan.Reducers]).Distinct();
        return boundaries.Count(boundary => string.CompareOrdinal(boundary, key) <= 0);
    }

    private List<List<(string Key, long Value)>> Reduced(IEnumerable<(string Key, long Value)> records, Func<string, int> partition)
    {
        var groups = records.GroupBy(record => record.Key).Select(group => (group.Key, group.Sum(record => record.Value))).OrderBy(record => record.Key, StringComparer.Ordinal).ToLookup(record => partition(record.Key));
        return [.. Enumerable.Range(0, plan.Reducers).Select(part => groups[part].ToList())];
    }
}

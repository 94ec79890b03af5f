using System.Text;
using MapReduce.Input;
using MapReduce.Map;

namespace Simulation.Jobs;

/// <summary>
/// What the tiny jobs must write, in plain C#: of the engine only the hash of a key. Bytes are taken as Latin-1 characters, whose
/// ordinal order is theirs.
/// </summary>
internal sealed class TinyModel(TinyJob job, InputPlan plan)
{
    private static readonly char[] Blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    private string Kind => job.Name[..job.Name.LastIndexOf('-')];

    /// <summary>The lines of each split.</summary>
    public List<List<string>> Lines => [.. plan.Splits.Take(plan.SplitsOfSteps[0]).Select(split => split.Pieces.SelectMany(Read).ToList())];

    /// <summary>What the maps emit, split by split.</summary>
    public List<List<(string Key, string Value)>> Emitted => [.. Lines.Select(lines => Map(lines).ToList())];

    /// <summary>The parts in order, nonces as <see cref="Nonces"/> leaves them out.</summary>
    public List<string> Parts => plan.Reducers == 0
        ? [.. Emitted.Select((records, map) => Text(records.Select(record => (record.Key, Signed(record.Value, map)))))]
        : [.. Enumerable.Range(0, plan.Reducers).Select(Part)];

    /// <summary>What tasks write beside their parts, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Beside => Kind != "beside" ? []
        : Lines.Select((lines, map) => KeyValuePair.Create($"lines-m-{map:D5}", string.Concat(lines.Select(line => line + "\n"))))
            .Concat(Parts.Select((part, reduce) => KeyValuePair.Create($"keys-r-{reduce:D5}.txt", Text(Pairs(part).Select(pair => (pair.Key, $"{pair.Key.Length}"))))))
            .Where(file => file.Value.Length > 0);

    /// <summary>The records of a split that travel: what is folded travels once for each key.</summary>
    public int Travelling(List<(string Key, string Value)> emitted) =>
        Kind is "fold" or "total-order" or "combine" ? emitted.DistinctBy(record => record.Key).Count() : emitted.Count;

    public IEnumerable<string> Keys => Emitted.SelectMany(records => records).Select(record => record.Key).Distinct();

    // A key may hold anything but the end of a line, a count has no TAB.
    private static IEnumerable<(string Key, string Value)> Pairs(string part) =>
        part.Split('\n').SkipLast(1).Select(line => (line[..line.LastIndexOf('\t')], line[(line.LastIndexOf('\t') + 1)..]));

    private static List<string> Words(string text) => [.. text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)];

    private static string Signed(string value, int map) => value.Replace("<>", $"<0-m-{map:D5}>");

    private static string Text(IEnumerable<(string Key, string Value)> records) => string.Concat(records.Select(record => $"{record.Key}\t{record.Value}\n"));

    private IEnumerable<(string Key, string Value)> Map(List<string> lines) => Kind switch
    {
        "fold" or "total-order" => lines.SelectMany(Words).Select(word => (word, "1")),
        "group" or "spill" or "combine" or "beside" => lines.Select(line => line.IndexOfAny([' ', '\t']) is >= 0 and var end ? (line[..end], line[(end + 1)..]) : (line, "")),
        "map-only" => lines.Where(line => line.Length > 0).Select(line => (line, $"{line.Length}")),
        "sort" => lines.Select(line => (line, "")),
        _ => lines.SelectMany(Words).Select((word, number) => (word, $"<>.{number + 1}")),
    };

    private string Part(int partition)
    {
        var boundaries = Boundaries();
        var records = Emitted.SelectMany((records, map) => records.Select(record => (record.Key, Value: Signed(record.Value, map))))
            .Where(record => PartitionOf(record.Key, boundaries) == partition);
        // Both sorts are stable.
        var groups = records.GroupBy(record => record.Key, record => record.Value).OrderBy(group => group.Key, StringComparer.Ordinal);
        return Kind switch
        {
            "fold" or "total-order" => Text(groups.Select(group => (group.Key, $"{group.Count()}"))),
            "group" or "spill" => Text(groups.SelectMany(group => group.Select((value, number) => (group.Key, $"{number + 1}:{value}")))),
            "beside" => Text(groups.Select(group => (group.Key, $"{group.Count()}"))),
            "combine" => Text(groups.Select(group => (group.Key, group.Order(StringComparer.Ordinal).First()))),
            "sort" => string.Concat(groups.SelectMany(group => group.Select(_ => group.Key + "\n"))),
            _ => Text(groups.SelectMany(group => group.Select(value => (group.Key, $"<0-r-{partition:D5}> {value}")))),
        };
    }

    private int PartitionOf(string key, List<string>? boundaries) => boundaries is null
        ? new HashPartitioner(plan.Reducers).Of(Encoding.Latin1.GetBytes(key))
        : boundaries.Count(boundary => string.CompareOrdinal(boundary, key) <= 0);

    // So small an input is the sample itself.
    private List<string>? Boundaries()
    {
        if (!job.Plan.Shapes[0].IsSampled) return null;
        List<string> sample = [.. Emitted.SelectMany(records => records).Select(record => record.Key).Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(1, plan.Reducers - 1).Where(_ => sample.Count > 0).Select(i => sample[sample.Count * i / plan.Reducers]).Distinct()];
    }

    // The lines that begin in the piece.
    private IEnumerable<string> Read(FileRange piece)
    {
        var text = Encoding.Latin1.GetString(job.Inputs.Single(file => file.Name == Path.GetFileName(piece.Path)).Content);
        var start = 0;
        foreach (var line in text.Split('\n'))
        {
            var isLast = start + line.Length == text.Length;
            if (start >= piece.Offset && start < piece.Offset + piece.Length && !(isLast && line.Length == 0))
                yield return (start == 0 && line.StartsWith("\xEF\xBB\xBF", StringComparison.Ordinal) ? line[3..] : line) is var plain && plain.EndsWith('\r') ? plain[..^1] : plain;
            start += line.Length + 1;
        }
    }
}

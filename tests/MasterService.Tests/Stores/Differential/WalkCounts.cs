using System.Globalization;

namespace MapReduce.MasterService.Tests.Stores.Differential;

/// <summary>What walks were made of: the calls that they drew, the answers that were compared, and what happened to attempts.</summary>
internal sealed class WalkCounts
{
    private readonly SortedDictionary<string, int> _calls = new(StringComparer.Ordinal), _events = new(StringComparer.Ordinal);
    private int _compared;

    public void AddCall(string name) => Add(_calls, name);

    public void AddEvent(string name) => Add(_events, name);

    public void AddCompared() => _compared++;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_calls.Values.Sum()} calls ({Text(_calls)}), {_compared} answers compared, events: {Text(_events)}");

    private static void Add(SortedDictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static string Text(SortedDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));
}

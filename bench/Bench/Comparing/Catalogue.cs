using Bench.Preparing;

namespace Bench.Comparing;

/// <summary>All comparisons with their bars.</summary>
internal sealed partial class Catalogue
{
    private const double BudgetMiB = Programs.Slots * Programs.MemoryMiB, MostOverBudget = 150;

    private readonly Layout _layout;
    private readonly Programs _programs;
    private readonly int _emptyTasks;
    private readonly InputSet _text, _shortText, _largeText, _records, _largeRecords;

    public Catalogue(Layout layout, InputSizes sizes)
    {
        _layout = layout;
        _programs = new Programs(layout);
        _emptyTasks = sizes.EmptyTasks;
        InputSet Text(string label, int factor) => new(layout, $"text{label}", "gen_text", sizes.TextFiles * factor, sizes.TextMiB);
        InputSet Records(string label, int factor) => new(layout, $"records{label}", "gen_tera", sizes.RecordFiles * factor, sizes.Records);
        _text = Text(sizes.Label, 1);
        // A shell pipeline sorts every word.
        _shortText = new(layout, $"text{sizes.Label}-short", "gen_text", Math.Max(2, sizes.TextFiles / 8), sizes.TextMiB);
        _largeText = Text(sizes.LargeLabel, 4);
        _records = Records(sizes.Label, 1);
        _largeRecords = Records(sizes.LargeLabel, 4);
    }

    private IEnumerable<Comparison> All => [.. WordCounts(), .. Sorts(), .. Greps(), .. Streams(), .. Growth(), .. Dispatches(), .. Shuffles(), .. Clusters()];

    /// <exception cref="UsageException">A name is part of no comparison's name.</exception>
    public IReadOnlyList<Comparison> Choose(IReadOnlyList<string> names)
    {
        Comparison[] all = [.. All];
        if (names.Count == 0) return all;
        foreach (string name in names)
        {
            if (!all.Any(comparison => comparison.Name.Contains(name, StringComparison.Ordinal)))
                throw new UsageException($"no comparison is called {name}; there are: {string.Join(' ', all.Select(comparison => comparison.Name))}");
        }

        return [.. all.Where(comparison => names.Any(name => comparison.Name.Contains(name, StringComparison.Ordinal)))];
    }
}

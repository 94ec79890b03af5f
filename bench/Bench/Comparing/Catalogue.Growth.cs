using Bench.Preparing;

namespace Bench.Comparing;

internal sealed partial class Catalogue
{
    /// <summary>Ours on four times the input against ours: time, and memory within the budget at both sizes.</summary>
    private IEnumerable<Comparison> Growth()
    {
        Contender Count(InputSet input) => new($"mapreduce, {input.Name}", output => _programs.MapReduce("wordcount", input, output), Counts(input));
        yield return Grow("wordcount-growth-memory", "word count, input x4", Count, _largeText, _text);
        yield return Grow("sort-growth-memory", "sort, input x4", input => Sort(input) with { Name = $"mapreduce, {input.Name}" }, _largeRecords, _records);
    }

    private static Comparison Grow(string name, string title, Func<InputSet, Contender> contender, InputSet large, InputSet small) =>
        new(name, title, contender(large), contender(small))
        {
            Bars =
            [
                Bar.Wall(4.3),
                Bar.Peak(1.1),
                Bar.OverBudget(large.Name, BudgetMiB, MostOverBudget, pair => pair.Ours),
                Bar.OverBudget(small.Name, BudgetMiB, MostOverBudget, pair => pair.Theirs),
            ],
            Inputs = [large, small],
            Projects = [Programs.Cli, Programs.Limit],
        };
}

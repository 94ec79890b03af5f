using Bench.Measuring;

namespace Bench.Comparing;

/// <summary>One run of ours and the run of the other that followed it.</summary>
internal readonly record struct Pair(Measurement Ours, Measurement Theirs);

/// <summary>What a comparison must reach: the median over the pairs of a figure is at most a limit.</summary>
/// <param name="Figure">What is compared, as the report names it.</param>
/// <param name="Limit">The largest median that meets the bar.</param>
/// <param name="Unit">Follows the figure: "x" for ratios, " MiB" for sizes.</param>
/// <param name="Of">The figure of a pair.</param>
internal sealed record Bar(string Figure, double Limit, string Unit, Func<Pair, double> Of)
{
    public static Bar Wall(double limit) => new("wall", limit, "x", pair => pair.Ours.Wall / pair.Theirs.Wall);

    /// <summary>Time for each unit (a task, a byte), by the rates that both programs print.</summary>
    public static Bar PerUnit(string unit, double limit) => new($"time a {unit}", limit, "x", pair => pair.Theirs.Rate / pair.Ours.Rate);

    public static Bar Peak(double limit) => new("peak memory", limit, "x", pair => pair.Ours.PeakMiB / pair.Theirs.PeakMiB);

    /// <summary>Memory beyond the budget of all slots.</summary>
    public static Bar OverBudget(string ofWhat, double budgetMiB, double limit, Func<Pair, Measurement> side) =>
        new($"peak - budget, {ofWhat}", limit, " MiB", pair => side(pair).PeakMiB - budgetMiB);
}

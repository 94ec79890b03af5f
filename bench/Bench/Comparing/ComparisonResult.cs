namespace Bench.Comparing;

/// <summary>What came of a comparison: pairs, or the reason why there are none.</summary>
internal sealed record ComparisonResult(Comparison Comparison, IReadOnlyList<Pair> Pairs, string? Failure);

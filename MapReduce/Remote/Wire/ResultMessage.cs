using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>What a completed attempt leaves behind, as it travels.</summary>
/// <param name="Counters">The attempt's counters.</param>
/// <param name="Bytes">Bytes of its output.</param>
/// <param name="Files">The output files that it wrote; null for none.</param>
/// <param name="Boundaries">The range boundaries, from a sampling task.</param>
/// <param name="SpanId">The attempt's trace span; 0 when it is not traced.</param>
public sealed record ResultMessage(CounterSet Counters, long Bytes = 0, IReadOnlyList<OutputFile>? Files = null, byte[]? Boundaries = null, ulong SpanId = 0)
{
    /// <summary>The message for a result.</summary>
    public static ResultMessage Of(AttemptResult result) =>
        new(result.Counters, result.Bytes, result.Files.Count == 0 ? null : result.Files, result.Boundaries, result.SpanId);

    /// <summary>The result.</summary>
    public AttemptResult ToResult() => new() { Counters = Counters, Bytes = Bytes, Files = Files ?? [], Boundaries = Boundaries, SpanId = SpanId };
}

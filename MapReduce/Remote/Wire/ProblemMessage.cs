namespace MapReduce.Remote.Wire;

/// <summary>An error as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Title">What kind of error, a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What failed and what to do.</param>
/// <param name="Reasons">Every reason at once, where there can be several.</param>
public sealed record ProblemMessage(string? Title = null, int? Status = null, string? Detail = null, IReadOnlyList<string>? Reasons = null);

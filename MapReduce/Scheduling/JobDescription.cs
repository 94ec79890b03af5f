using MapReduce.Protocol;

namespace MapReduce.Scheduling;

/// <summary>What a job was submitted as.</summary>
/// <param name="Spec">The job.</param>
/// <param name="Notes">What the planner had to say of its input.</param>
/// <param name="Subject">Who submitted it; null when nobody was asked.</param>
public sealed record JobDescription(JobSpec Spec, IReadOnlyList<string> Notes, string? Subject);

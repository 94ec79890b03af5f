using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.Remote.Wire;

/// <summary>Asks for a job. The idempotency key and the trace travel as headers; the answer is the new job's <see cref="JobStatus"/>.</summary>
/// <param name="Spec">The job.</param>
public sealed record SubmitMessage(SpecMessage Spec);

/// <summary>Asks for a new job like an earlier one.</summary>
/// <param name="Overwrite">Whether the new job may replace what is in the output directory; null as the earlier job.</param>
public sealed record RetryMessage(bool? Overwrite = null);

/// <summary>A page of the list of jobs.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record JobListMessage(IReadOnlyList<JobStatus> Jobs, int Total);

/// <summary>All about one job.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Spec">What was submitted.</param>
/// <param name="Notes">What the planner has to say of its input.</param>
public sealed record JobMessage(JobStatus Status, SpecMessage Spec, IReadOnlyList<string> Notes);

/// <summary>The answer to a request to cancel a job.</summary>
/// <param name="Answer">Cancelled or too late.</param>
public sealed record CancelMessage(CancelAnswer Answer);

/// <summary>A job's counters.</summary>
/// <param name="Counters">Totals of the winners.</param>
public sealed record CountersMessage(IReadOnlyDictionary<string, long> Counters);

/// <summary>A page of a job's tasks.</summary>
/// <param name="Tasks">By index.</param>
/// <param name="Total">How many the stage has.</param>
public sealed record TaskListMessage(IReadOnlyList<TaskView> Tasks, int Total);

/// <summary>The files of a job's output.</summary>
/// <param name="Output">The output directory.</param>
/// <param name="Files">In the order of their tasks.</param>
public sealed record OutputMessage(string Output, IReadOnlyList<OutputFile> Files);

/// <summary>Asks which of some jobs have ended.</summary>
/// <param name="JobIds">The jobs.</param>
public sealed record EndedJobsMessage(IReadOnlyList<string> JobIds);

/// <summary>The jobs that have ended, of those asked for.</summary>
/// <param name="Ended">Their ids.</param>
public sealed record EndedJobsReply(IReadOnlyList<string> Ended);

using MapReduce.Protocol;

namespace MapReduce.Tests.Remote.Support;

/// <summary>Statuses of a job as a master tells them.</summary>
internal static class Statuses
{
    public static JobStatus Running(string jobId) => new()
    {
        JobId = jobId,
        Name = "wc",
        Output = "/out",
        State = JobState.Mapping,
        Tasks = new Dictionary<TaskKind, TaskCounts> { [TaskKind.Map] = new(4, 1, 1, 0.4) },
        Attempts = new AttemptCounts(2, 0, 0, 0, 0),
        Counters = new Dictionary<string, long>(),
        SubmittedAt = DateTimeOffset.UnixEpoch,
    };

    public static JobStatus Ended(string jobId) => Running(jobId) with { State = JobState.Succeeded, EndedAt = DateTimeOffset.UnixEpoch.AddMinutes(1) };
}

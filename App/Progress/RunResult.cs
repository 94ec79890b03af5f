using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>How a run ended.</summary>
internal sealed record RunResult
{
    public required int ExitCode { get; init; }

    /// <summary>succeeded, failed, cancelled, interrupted, rejected, not-found, unreachable, timed-out or detached.</summary>
    public required string State { get; init; }

    /// <summary>Why it did not succeed, each with its remedy; empty when it did.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What a person can do next, where the run did not come to the job's end; else empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The names of the parts; null when they are to be looked for in the output directory.</summary>
    public IReadOnlyList<string>? Parts { get; init; }

    /// <summary>The job's last status; null when it never started.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Wall time, planning and commit included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>A run that has no final status.</summary>
    public static RunResult Refused(int exitCode, string state, IReadOnlyList<string> errors) =>
        new() { ExitCode = exitCode, State = state, Errors = errors };

    /// <summary>A run that came to its end. A commit that came before the interrupt stands: then the job has succeeded.</summary>
    public static RunResult Of(JobStatus status, bool interrupted) => status.State switch
    {
        JobState.Succeeded => new() { ExitCode = App.ExitCode.Ok, State = "succeeded", Status = status },
        JobState.Failed => new()
        {
            ExitCode = App.ExitCode.Failed,
            State = "failed",
            Status = status,
            Errors = [status.Error ?? $"job {status.JobId} failed without a reason: this is a bug."],
        },
        JobState.Cancelled when interrupted => new() { ExitCode = App.ExitCode.Interrupted, State = "interrupted", Status = status },
        JobState.Cancelled => new() { ExitCode = App.ExitCode.Cancelled, State = "cancelled", Status = status },
        _ => throw new InvalidOperationException($"the cluster returned while job {status.JobId} was still {status.State}"),
    };
}

using MapReduce.App.Formatting;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>Words for a phase.</summary>
internal static class PhaseText
{
    public static string Name(TaskKind kind) => kind switch { TaskKind.Sample => "sample", TaskKind.Map => "map", _ => "shuffle+reduce" };

    /// <summary><c>step 2/3</c>; nothing where there is one.</summary>
    public static string Step(JobStatus status) => status.Steps > 1 ? $"step {status.Step}/{status.Steps}" : "";

    /// <summary>The line that begins a phase: <c>map: 64 tasks, 1.00 GiB</c>, or <c>step 2/3, map: 2 tasks</c>.</summary>
    public static string Begin(PhaseProgress phase, JobStatus status) =>
        $"{Before(status)}{Name(phase.Kind)}: {Count(phase.Tasks.Total, "task")}{(phase.Kind == TaskKind.Map && status.Step == 1 ? $", {ByteSize.Format(status.InputBytes)}" : "")}";

    /// <summary>The line within a phase: <c>map: 45 %, 29 of 64 tasks, 512 MiB/s, 2 s left, 1 retried</c>.</summary>
    public static string Line(PhaseProgress phase, JobStatus status) =>
        $"{Before(status)}{Name(phase.Kind)}: {phase.Tasks.Progress * 100:0} %, {Detail(phase, status)}";

    /// <summary>All but step, name and share.</summary>
    public static string Detail(PhaseProgress phase, JobStatus status)
    {
        var parts = new List<string> { $"{phase.Tasks.Done:N0} of {Count(phase.Tasks.Total, "task")}" };
        if (phase.BytesPerSecond > 0) parts.Add($"{ByteSize.Format(phase.BytesPerSecond)}/s");
        if (phase.Left is { } left) parts.Add($"{Durations.FormatRough(left)} left");
        if (status.Attempts is { Failed: var failed, Lost: var lost } && failed + lost > 0) parts.Add($"{failed + lost:N0} retried");
        if (status.Attempts.Backup > 0) parts.Add($"{status.Attempts.Backup:N0} backup");
        return string.Join(", ", parts);
    }

    /// <summary>What stands before the words for a phase: <c>step 2/3, </c>.</summary>
    public static string Before(JobStatus status) => Step(status) is { Length: > 0 } step ? $"{step}, " : "";

    /// <summary><c>1 task</c>, <c>2 tasks</c>.</summary>
    public static string Count(long number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";
}

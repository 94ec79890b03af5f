using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>How far the running phase has come, and how fast.</summary>
/// <param name="Kind">Map or reduce; a sampled step shows its sampling as <see cref="TaskKind.Sample"/>.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="BytesPerSecond">Input read a second in the map phase of the first step; 0 while unknown and in other phases.</param>
/// <param name="Left">Estimated time to the end of the phase; null while there is too little to tell.</param>
internal sealed record PhaseProgress(TaskKind Kind, TaskCounts Tasks, double BytesPerSecond, TimeSpan? Left);

/// <summary>Measures rates from one status to the next. One caller at a time.</summary>
internal sealed class PhaseMeter(TimeProvider time)
{
    // Below this an estimate would jump about.
    private const double EnoughProgress = 0.02;

    private (int Step, TaskKind Kind)? _phase;
    private long _startedAt;
    private double _startedWith;

    /// <summary>The running phase; null before the first task can run and after the last has ended.</summary>
    public PhaseProgress? Update(JobStatus status)
    {
        if (Kind(status) is not { } kind || !status.Tasks.TryGetValue(kind, out var tasks)) return null;
        // Less progress than at the start is that of tasks that are done again.
        if ((status.Step, kind) != _phase || tasks.Progress < _startedWith) (_phase, _startedAt, _startedWith) = ((status.Step, kind), time.GetTimestamp(), tasks.Progress);
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        var gained = tasks.Progress - _startedWith;
        // What a later step reads is not known in bytes.
        var bytesPerSecond = kind == TaskKind.Map && status.Step == 1 && seconds > 0 ? gained * status.InputBytes / seconds : 0;
        return new PhaseProgress(kind, tasks, bytesPerSecond, gained < EnoughProgress ? null : TimeSpan.FromSeconds(seconds / gained * (1 - tasks.Progress)));
    }

    private static TaskKind? Kind(JobStatus status) => status.State switch
    {
        JobState.Planning when status.Tasks.ContainsKey(TaskKind.Sample) => TaskKind.Sample,
        JobState.Mapping => TaskKind.Map,
        JobState.Reducing => TaskKind.Reduce,
        _ => null,
    };
}

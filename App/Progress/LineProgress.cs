using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>
/// Writes a line for each phase and every ten seconds. Phases that were over between two statuses get theirs late, so that
/// a short run shows what a long one does. Safe for concurrent use.
/// </summary>
internal sealed class LineProgress(TextWriter error, TimeProvider time) : IProgress<JobStatus>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly PhaseMeter _meter = new(time);
    private JobState _phase = JobState.Submitted;
    private int _step = 1;
    private long _writtenAt;

    public void Report(JobStatus status)
    {
        lock (_lock)
        {
            var progress = _meter.Update(status);
            // A later step begins with its maps, or with a sample.
            if (status.Step != _step) (_step, _phase) = (status.Step, JobState.Planning);
            var isNew = status.State != _phase;
            if (isNew) WriteSkipped(status);
            if (status.State >= JobState.Succeeded || (!isNew && time.GetElapsedTime(_writtenAt) < Interval)) return;
            (_phase, _writtenAt) = (status.State, time.GetTimestamp());
            if (Line(status, progress, isNew) is { } line) error.WriteLine(line);
        }
    }

    private void WriteSkipped(JobStatus status)
    {
        for (var phase = _phase + 1; phase < status.State && phase <= JobState.Committing; phase++)
        {
            if (!Passed(phase, status)) continue;
            _phase = phase;
            var kind = phase == JobState.Mapping ? TaskKind.Map : TaskKind.Reduce;
            var line = phase is JobState.Planning or JobState.Committing
                ? Line(status with { State = phase }, null, isNew: true)
                : PhaseText.Begin(new PhaseProgress(kind, status.Tasks[kind], 0, null), status);
            error.WriteLine(line);
        }
    }

    // A job that did not succeed may have ended in any phase: its tasks tell how far it came.
    private static bool Passed(JobState phase, JobStatus status) => phase switch
    {
        JobState.Mapping => HasBegun(TaskKind.Map, status),
        JobState.Reducing => HasBegun(TaskKind.Reduce, status),
        JobState.Committing => status.State == JobState.Succeeded,
        _ => true,
    };

    private static bool HasBegun(TaskKind kind, JobStatus status) =>
        status.Tasks.TryGetValue(kind, out var tasks) && tasks.Total > 0 && (status.State <= JobState.Succeeded || tasks.Running + tasks.Done > 0);

    private static string? Line(JobStatus status, PhaseProgress? progress, bool isNew) => (status.State, progress) switch
    {
        (JobState.Planning, _) when status.Step == 1 => "planning: cutting the input into splits",
        (JobState.Committing, _) => "committing the output",
        (_, null) => null,
        (_, { } phase) when isNew => PhaseText.Begin(phase, status),
        (_, { } phase) => PhaseText.Line(phase, status),
    };
}

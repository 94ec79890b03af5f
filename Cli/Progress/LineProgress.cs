using MapReduce.Protocol;

namespace MapReduce.Cli.Progress;

/// <summary>Writes a line when the phase changes and every ten seconds. Safe for concurrent use.</summary>
internal sealed class LineProgress(TextWriter error, TimeProvider time) : IProgress<JobStatus>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly PhaseMeter _meter = new(time);
    private JobState _phase = JobState.Submitted;
    private long _writtenAt;

    public void Report(JobStatus status)
    {
        lock (_lock)
        {
            var progress = _meter.Update(status);
            var isNew = status.State != _phase;
            if (status.State >= JobState.Succeeded || (!isNew && time.GetElapsedTime(_writtenAt) < Interval)) return;
            (_phase, _writtenAt) = (status.State, time.GetTimestamp());
            if (Line(status, progress, isNew) is { } line) error.WriteLine(line);
        }
    }

    private static string? Line(JobStatus status, PhaseProgress? progress, bool isNew) => (status.State, progress) switch
    {
        (JobState.Planning, _) => "planning: cutting the input into splits",
        (JobState.Committing, _) => "committing the output",
        (_, null) => null,
        (_, { } phase) when isNew => PhaseText.Begin(phase, status),
        (_, { } phase) => PhaseText.Line(phase, status),
    };
}

using System.Globalization;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Pages;

/// <summary>Values as people read them. A state is a sign, a word and a colour, so that none of them is needed alone.</summary>
internal static class PageText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>The state, and of several steps the one that runs.</summary>
    public static Html State(JobStatus job) => job is { State: < JobState.Succeeded, Steps: > 1 } ? $"{State(job.State)}, step {job.Step}/{job.Steps}" : State(job.State);

    private static Html State(JobState state) => state switch
    {
        JobState.Succeeded => $"""<span class="good">✓ succeeded</span>""",
        JobState.Failed => $"""<span class="bad">✗ failed</span>""",
        JobState.Cancelled => $"⊘ cancelled",
        _ => $"▸ {state.ToString().ToLowerInvariant()}",
    };

    public static Html Time(DateTimeOffset time) =>
        $"""<time datetime="{time.UtcDateTime:O}">{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time>""";

    public static Html Progress(string what, double fraction)
    {
        var percent = (int)Math.Floor(fraction * 100);
        return $"""<progress max="100" value="{percent}" aria-label="{what}"></progress> {percent} %""";
    }

    /// <summary>Of each step half the way are the maps, half the reduces; a step of maps alone is all the way. Steps count alike.</summary>
    public static double Fraction(JobStatus job)
    {
        if (job.State == JobState.Succeeded) return 1;
        var stages = job.Tasks.Where(stage => stage.Key != TaskKind.Sample).ToList();
        return stages.Count == 0 ? 0 : (job.Step - 1 + stages.Average(stage => stage.Value.Progress)) / job.Steps;
    }

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0):0.0} s"),
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };

    public static string Bytes(long bytes)
    {
        var unit = 0;
        double size = bytes;
        for (; size >= 1024 && unit < Units.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}

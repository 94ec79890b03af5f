using System.Collections.Concurrent;
using MapReduce.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MapReduce.App.Progress;

/// <summary>One moving bar for each phase. The only code that needs Spectre.Console, which is loaded when it first runs.</summary>
internal static class Bars
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows the bars until the job has ended, then takes them away.</summary>
    public static Task ShowAsync(Task job, LatestStatus latest, CliHost host)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(host.Error),
            ColorSystem = host.Style.UsesColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        var details = new DetailColumn();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarLayout.Bar(console.Profile.Width) }, new PercentageColumn(), details)
            .StartAsync(context => FollowAsync(context, details, job, latest, host.Time));
    }

    private static async Task FollowAsync(ProgressContext context, DetailColumn details, Task job, LatestStatus latest, TimeProvider time)
    {
        var meter = new PhaseMeter(time);
        var bars = new Dictionary<TaskKind, ProgressTask>();
        while (!job.IsCompleted)
        {
            if (latest.Status is { } status) Update(context, bars, details, meter, status);
            await Task.WhenAny(job, Task.Delay(Refresh, time));
        }
    }

    private static void Update(ProgressContext context, Dictionary<TaskKind, ProgressTask> bars, DetailColumn details, PhaseMeter meter, JobStatus status)
    {
        var running = meter.Update(status);
        foreach (var kind in (ReadOnlySpan<TaskKind>)[TaskKind.Sample, TaskKind.Map, TaskKind.Reduce])
        {
            if (!status.Tasks.TryGetValue(kind, out var tasks) || tasks.Total == 0) continue;
            if (!bars.TryGetValue(kind, out var bar)) bars.Add(kind, bar = context.AddTask(PhaseText.Name(kind)));
            bar.Value = tasks.Progress * 100;
            details.Set(bar, Detail(kind, tasks, running, status));
        }
    }

    private static string Detail(TaskKind kind, TaskCounts tasks, PhaseProgress? running, JobStatus status)
    {
        if (running?.Kind == kind) return PhaseText.Before(status) + PhaseText.Detail(running, status);
        if (status.State == JobState.Committing && kind == TaskKind.Reduce) return "committing";
        return PhaseText.Count(tasks.Total, "task");
    }

    // The bars are drawn by a thread of Spectre's.
    private sealed class DetailColumn : ProgressColumn
    {
        private readonly ConcurrentDictionary<int, string> _texts = new();

        public void Set(ProgressTask bar, string text) => _texts[bar.Id] = text;

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Spectre.Console.Text(BarLayout.Detail(_texts.GetValueOrDefault(task.Id, ""), options.ConsoleSize.Width));
    }
}

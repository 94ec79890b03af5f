using System.Text.Encodings.Web;
using System.Text.Json;
using MapReduce.App.Commands;
using MapReduce.Protocol;

namespace MapReduce.App.Progress;

/// <summary>For programs: NDJSON on standard output, progress events and one result at the end; errors for people stay on standard error.</summary>
internal sealed class JsonView(CliHost host) : RunView
{
    // Quotes and letters as they are: the lines are read by programs and people, never placed in HTML.
    private static readonly EventJson Json = new(new JsonSerializerOptions(EventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly Events _events = new(host);

    public override Task<JobStatus> FollowAsync(Func<IProgress<JobStatus>?, Task<JobStatus>> run) => run(_events);

    public override void Submitted(JobStatus job, Uri master) => SubmittedText.Write(job, json: true, host);

    public override void End(RunRequest request, RunResult result)
    {
        foreach (var reason in result.Errors) host.Error.WriteLine($"error: {reason}");
        foreach (var note in result.Notes) host.Error.WriteLine(note);
        if (_events.Unwritable is { } unwritable) throw unwritable;
        var line = new ResultEvent
        {
            Job = request.Job,
            JobId = result.Status?.JobId,
            TraceId = result.Status?.TraceId,
            State = result.State,
            ExitCode = result.ExitCode,
            Seconds = Math.Round(result.Elapsed.TotalSeconds, 3),
            Output = Path.GetFullPath(request.Output),
            Parts = result.Status?.State == JobState.Succeeded ? result.Parts ?? OutputParts.Names(request.Output) : [],
            Attempts = result.Status?.Attempts,
            Counters = result.Status?.Counters,
            Errors = result.Errors,
        };
        host.Out.WriteLine(JsonSerializer.Serialize(line, Json.ResultEvent));
    }

    private sealed class Events(CliHost host) : IProgress<JobStatus>
    {
        private readonly Lock _lock = new();
        private readonly long _startedAt = host.Time.GetTimestamp();

        /// <summary>Why an event could not be written; null while all could. Whoever reads the lines must not end the job.</summary>
        public OutputUnwritableException? Unwritable { get; private set; }

        public void Report(JobStatus status)
        {
            var line = new ProgressEvent
            {
                JobId = status.JobId,
                State = status.State,
                Seconds = Math.Round(host.Time.GetElapsedTime(_startedAt).TotalSeconds, 3),
                InputBytes = status.InputBytes,
                Step = status.Step,
                Steps = status.Steps,
                Tasks = status.Tasks,
                Attempts = status.Attempts,
            };
            lock (_lock) Write(JsonSerializer.Serialize(line, Json.ProgressEvent));
        }

        private void Write(string line)
        {
            if (Unwritable is not null) return;
            try
            {
                host.Out.WriteLine(line);
            }
            catch (OutputUnwritableException unwritable)
            {
                Unwritable = unwritable;
            }
        }
    }
}

using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Pages;

/// <summary>One job: how it stands, what was submitted, its tasks, attempts, counters, and what happened last.</summary>
internal sealed class JobDetailsPage(JobCoordinator coordinator, TimeProvider time)
{
    private const int LastEvents = 50, EventsAtOnce = 1_000;

    public async Task WriteAsync(HttpContext http, string jobId)
    {
        var cancellationToken = http.RequestAborted;
        if (await coordinator.StatusAsync(jobId, cancellationToken) is not { } job || coordinator.Describe(jobId) is not { } description)
        {
            await PageLayout.WriteAsync(http, "No such job", $"<p>There is no job <code>{jobId}</code>; jobs that ended long ago are forgotten.</p>", StatusCodes.Status404NotFound);
            return;
        }
        var events = await LastAsync(jobId, cancellationToken);
        await PageLayout.WriteAsync(http, $"Job {job.Name}", $"""
            {Facts(job, description)}
            <h2 id="tasks">Tasks</h2>
            {Tasks(job)}
            <h2 id="attempts">Attempts</h2>
            {Attempts(job.Attempts)}
            <h2 id="counters">Counters</h2>
            {Counters(job.Counters)}
            <h2 id="events">Last events</h2>
            {Events(events)}
            """);
    }

    private Html Facts(JobStatus job, JobDescription description)
    {
        var spec = description.Spec;
        return $"""
            <dl>
            <dt>State<dd>{PageText.State(job)}
            {(job.Error is null ? Html.None : $"<dt>Error<dd><pre>{job.Error}</pre>")}
            <dt>Time<dd>{PageText.Duration((job.EndedAt ?? time.GetUtcNow()) - job.SubmittedAt)}, submitted {PageText.Time(job.SubmittedAt)}{By(description)}
            <dt>Id<dd><code>{job.JobId}</code>
            {(job.TraceId is null ? Html.None : $"<dt>Trace<dd><code>{job.TraceId}</code>")}
            <dt>Code<dd><code>{spec.Job}</code> <code>{spec.Options}</code>
            <dt>Input<dd>{PageText.Bytes(job.InputBytes)}: {spec.Inputs.Select(input => (Html)$"<code>{input}</code> ")}
            <dt>Output<dd><code>{job.Output}</code>
            {description.Notes.Select(note => (Html)$"<dt>Note<dd>{note}")}
            </dl>
            """;
    }

    private static Html By(JobDescription description) => description.Subject is null ? Html.None : $" by {description.Subject}";

    private static Html Tasks(JobStatus job)
    {
        if (job.Tasks.Count == 0) return $"<p>Not planned yet.</p>";
        var rows = job.Tasks.OrderBy(stage => stage.Key).Select(stage => (Html)$"""
            <tr><th scope="row">{stage.Key.ToString().ToLowerInvariant()}<td>{PageText.Progress(stage.Key.ToString(), stage.Value.Progress)}
            <td class="number">{stage.Value.Total:N0}<td class="number">{stage.Value.Running:N0}<td class="number">{stage.Value.Done:N0}</tr>

            """);
        return $"""
            <div class="wide"><table aria-labelledby="tasks">
            <thead><tr><th scope="col">Kind<th scope="col">Progress<th scope="col" class="number">All<th scope="col" class="number">Running<th scope="col" class="number">Done</tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            """;
    }

    private static Html Attempts(AttemptCounts attempts) => $"""
        <p>{attempts.Started:N0} started: {attempts.Failed:N0} failed, {attempts.Lost:N0} lost, {attempts.Killed:N0} killed; {attempts.Backup:N0} of them backup attempts.</p>
        """;

    private static Html Counters(IReadOnlyDictionary<string, long> counters)
    {
        if (counters.Count == 0) return $"<p>None yet: a counter counts when its task is done.</p>";
        var rows = counters.OrderBy(counter => counter.Key, StringComparer.Ordinal)
            .Select(counter => (Html)$"""<tr><th scope="row"><code>{counter.Key}</code><td class="number">{counter.Value:N0}</tr>""");
        return $"""<table aria-labelledby="counters"><tbody>{rows}</tbody></table>""";
    }

    private static Html Events(IReadOnlyList<AttemptEvent> events)
    {
        if (events.Count == 0) return $"<p>None.</p>";
        var rows = events.Reverse().Select(told => (Html)$"""
            <tr><td>{PageText.Time(told.At)}<td>{told.Kind.ToString().ToLowerInvariant()}<td><code>{told.Task.ToString()}</code><td><code>{told.WorkerId}</code><td><pre>{told.Message}</pre></tr>

            """);
        return $"""
            <div class="wide"><table aria-labelledby="events">
            <caption>At most {LastEvents}, the last first</caption>
            <thead><tr><th scope="col">When<th scope="col">What<th scope="col">Task<th scope="col">Worker<th scope="col">Why</tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            """;
    }

    // The ledger is read from its beginning, and keeps a bounded number of events.
    private async Task<IReadOnlyList<AttemptEvent>> LastAsync(string jobId, CancellationToken cancellationToken)
    {
        List<AttemptEvent> last = [];
        while (await coordinator.EventsAsync(jobId, last.Count == 0 ? 0 : last[^1].Id, EventsAtOnce, cancellationToken) is { } page)
        {
            last = [.. last.Concat(page.Events).TakeLast(LastEvents)];
            if (page.Events.Count < EventsAtOnce) break;
        }
        return last;
    }
}

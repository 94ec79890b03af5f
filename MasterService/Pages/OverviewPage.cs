using MapReduce.MasterService.Hosting;
using MapReduce.Protocol;
using MapReduce.Scheduling;

namespace MapReduce.MasterService.Pages;

/// <summary>The jobs, the workers, and where leases are kept.</summary>
internal sealed class OverviewPage(JobCoordinator coordinator, StoreDescription store, TimeProvider time)
{
    private const int JobsOnAPage = 50;

    public async Task WriteAsync(HttpContext http)
    {
        _ = int.TryParse(http.Request.Query["offset"], out var offset);
        offset = Math.Max(offset, 0);
        var jobs = await coordinator.JobsAsync(new JobFilter { Offset = offset, Limit = JobsOnAPage }, http.RequestAborted);
        var workers = await coordinator.WorkersAsync(http.RequestAborted);
        await PageLayout.WriteAsync(http, "Jobs and workers", $"""
            <h2 id="jobs">Jobs</h2>
            {Jobs(jobs, offset)}
            <h2 id="workers">Workers</h2>
            {Workers(workers)}
            <h2>Lease store</h2>
            <p>In this cluster {store.Text}.</p>
            """);
    }

    private Html Jobs(JobPage page, int offset)
    {
        if (page.Total == 0) return $"<p>No job yet. Start one: <code>mapreduce run wordcount INPUT --output OUTPUT --master URL</code></p>";
        Html newer = offset > 0 ? $"""<a href="/?offset={Math.Max(offset - JobsOnAPage, 0)}">Newer jobs</a> """ : Html.None;
        Html older = offset + page.Jobs.Count < page.Total ? $"""<a href="/?offset={offset + JobsOnAPage}">Older jobs</a>""" : Html.None;
        return $"""
            <div class="wide"><table aria-labelledby="jobs">
            <caption>{page.Jobs.Count} of {page.Total}, the newest first</caption>
            <thead><tr><th scope="col">Job<th scope="col">State<th scope="col">Progress<th scope="col">Submitted<th scope="col" class="number">Time</tr></thead>
            <tbody>{page.Jobs.Select(Row)}</tbody>
            </table></div>
            <p>{newer}{older}</p>
            """;
    }

    private Html Row(JobStatus job) => $"""
        <tr><td><a href="/jobs/{Uri.EscapeDataString(job.JobId)}">{job.Name}</a> <code>{job.JobId[..Math.Min(8, job.JobId.Length)]}</code>
        <td>{PageText.State(job)}<td>{PageText.Progress(job.Name, PageText.Fraction(job))}<td>{PageText.Time(job.SubmittedAt)}
        <td class="number">{PageText.Duration((job.EndedAt ?? time.GetUtcNow()) - job.SubmittedAt)}</tr>

        """;

    private static Html Workers(IReadOnlyList<WorkerView> workers)
    {
        if (workers.Count == 0) return $"<p>No worker: jobs wait until one registers.</p>";
        return $"""
            <div class="wide"><table aria-labelledby="workers">
            <thead><tr><th scope="col">Worker<th scope="col">State<th scope="col" class="number">Slots<th scope="col">Address<th scope="col" class="number">Heard of</tr></thead>
            <tbody>{workers.Select(Row)}</tbody>
            </table></div>
            """;
    }

    private static Html Row(WorkerView worker)
    {
        Html state = worker switch
        {
            { IsLive: false } => $"""<span class="bad">✗ lost</span>""",
            { IsDraining: true } => $"⊘ draining",
            _ => $"""<span class="good">✓ live</span>""",
        };
        return $"""
            <tr><td><code>{worker.Registration.Id}</code><td>{state}<td class="number">{worker.Registration.Slots}
            <td><code>{worker.Registration.Address}</code><td class="number">{PageText.Duration(worker.Age)} ago</tr>

            """;
    }
}

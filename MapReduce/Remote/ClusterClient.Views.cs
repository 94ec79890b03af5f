using System.Globalization;
using MapReduce.Protocol;
using MapReduce.Remote.Http;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace MapReduce.Remote;

public sealed partial class ClusterClient
{
    /// <summary>Lists jobs, the newest first.</summary>
    /// <param name="filter">Which; null (the default) for the 50 newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobPage> ListAsync(JobFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new JobFilter();
        var query = Query(("state", Name(filter.State)), ("name", filter.Name), ("offset", Number(filter.Offset)), ("limit", Number(filter.Limit)));
        var page = await _master.SendAsync(MasterCall.Get(MasterApi.Jobs + query, MasterRole.Read), WireJson.Default.JobListMessage, cancellationToken);
        return new JobPage(page.Jobs, page.Total);
    }

    /// <summary>How a job stands.</summary>
    public async Task<JobStatus> StatusAsync(string jobId, CancellationToken cancellationToken = default) =>
        (await ShowAsync(jobId, cancellationToken)).Status;

    /// <summary>How a job stands, what was submitted, and what the planner had to say of its input.</summary>
    public Task<JobMessage> ShowAsync(string jobId, CancellationToken cancellationToken = default) =>
        OfJobAsync(jobId, () => _master.SendAsync(MasterCall.Get(MasterApi.For(MasterApi.Job, jobId), MasterRole.Read), WireJson.Default.JobMessage, cancellationToken));

    /// <summary>Totals of the counters of a job's winners.</summary>
    public Task<IReadOnlyDictionary<string, long>> CountersAsync(string jobId, CancellationToken cancellationToken = default) => OfJobAsync(jobId, async () =>
    {
        var call = MasterCall.Get(MasterApi.For(MasterApi.JobCounters, jobId), MasterRole.Read);
        return (await _master.SendAsync(call, WireJson.Default.CountersMessage, cancellationToken)).Counters;
    });

    /// <summary>Tasks of a running job, by kind and index; none after its end.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="filter">Which; null (the default) for the first 100 of the current step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TaskListMessage> TasksAsync(string jobId, TaskFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new TaskFilter();
        var query = Query(
            ("step", Number(filter.Step)), ("kind", Name(filter.Kind)), ("state", Name(filter.State)), ("offset", Number(filter.Offset)), ("limit", Number(filter.Limit)));
        var call = MasterCall.Get(MasterApi.For(MasterApi.JobTasks, jobId) + query, MasterRole.Read);
        return OfJobAsync(jobId, () => _master.SendAsync(call, WireJson.Default.TaskListMessage, cancellationToken));
    }

    /// <summary>What happened to a job's attempts, oldest first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="after">Only events with a greater id; default 0 for all that are kept.</param>
    /// <param name="max">Events at most, up to 1,000, the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<LedgerView> AttemptsAsync(string jobId, long after = 0, int max = 1000, CancellationToken cancellationToken = default)
    {
        var call = MasterCall.Get(MasterApi.For(MasterApi.JobAttempts, jobId) + Query(("after", Number(after)), ("limit", Number(max))), MasterRole.Read);
        return OfJobAsync(jobId, () => _master.SendAsync(call, WireJson.Default.LedgerView, cancellationToken));
    }

    /// <summary>The files of a succeeded job's output.</summary>
    /// <exception cref="MasterRefusedException">The job has not succeeded.</exception>
    public Task<OutputMessage> OutputAsync(string jobId, CancellationToken cancellationToken = default) =>
        OfJobAsync(jobId, () => _master.SendAsync(MasterCall.Get(MasterApi.For(MasterApi.JobOutput, jobId), MasterRole.Read), WireJson.Default.OutputMessage, cancellationToken));

    private static string Query(params (string Name, string? Value)[] parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        return string.Join('&', given) is { Length: > 0 } query ? $"?{query}" : "";
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Name<T>(T? value)
        where T : struct, Enum => value is { } named ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(named.ToString()) : null;
}

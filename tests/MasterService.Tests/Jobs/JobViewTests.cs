using System.Net;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;
using MasterService.Tests.Support;

namespace MasterService.Tests.Jobs;

public sealed class JobViewTests : IAsyncLifetime
{
    private const string NoJob = "0123456789abcdef0123456789abcdef";

    private MasterHost _host = null!;
    private PretendWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _host = await MasterHost.StartAsync();
        _worker = new PretendWorker(_host, _host.NewWorkerClient());
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Show_Job_IsWhatWasSubmitted()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec() with { Name = "mine" });

        var shown = await GetAsync($"/v1/jobs/{job.JobId}", WireJson.Default.JobMessage);

        Assert.Equal(("mine", "test", 1), (shown.Status.Name, shown.Spec.Job, shown.Spec.Reducers));
    }

    [Fact]
    public async Task List_OfManyJobs_IsPagedNewestFirst()
    {
        await _host.Client.SubmittedAsync(_host.Spec("one"));
        var second = await _host.Client.SubmittedAsync(_host.Spec("two"));
        await _host.Client.SubmittedAsync(_host.Spec("three"));

        var page = await GetAsync("/v1/jobs?offset=1&limit=1", WireJson.Default.JobListMessage);

        Assert.Equal((second.JobId, 3), (page.Jobs.Single().JobId, page.Total));
    }

    [Fact]
    public async Task List_ByNameAndState_IsFiltered()
    {
        await _host.Client.SubmittedAsync(_host.Spec("one") with { Name = "a" });
        await _host.Client.SubmittedAsync(_host.Spec("two") with { Name = "b" });

        Assert.Equal("b", (await GetAsync("/v1/jobs?name=b&state=mapping", WireJson.Default.JobListMessage)).Jobs.Single().Name);
    }

    [Theory]
    [InlineData("state=sleeping", "mapping")]
    [InlineData("state=2", "mapping")]
    [InlineData("limit=0", "1 to 1000")]
    [InlineData("offset=-1", "0 or more")]
    [InlineData("limit=many", "?limit=many")]
    public async Task List_WrongQuery_Is400AndSaysWhatIsRight(string query, string right)
    {
        using var response = await _host.Client.GetAsync($"/v1/jobs?{query}");

        Assert.Contains(right, Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/counters")]
    [InlineData("/tasks")]
    [InlineData("/attempts")]
    [InlineData("/output")]
    [InlineData("/events")]
    [InlineData("/map-outputs/0?version=1")]
    public async Task AnyView_OfNoJob_Is404(string view)
    {
        using var response = await _host.Client.GetAsync($"/v1/jobs/{NoJob}{view}");

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cancel_OfNoJob_Is404()
    {
        using var response = await _host.Client.PostAsync($"/v1/jobs/{NoJob}/cancel", null);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cancel_RunningJob_EndsIt()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());

        using var response = await _host.Client.PostAsync($"/v1/jobs/{job.JobId}/cancel", null);

        var answer = (await response.ReadAsync(WireJson.Default.CancelMessage)).Answer;
        Assert.Equal((CancelAnswer.Cancelled, JobState.Cancelled), (answer, (await _host.EndedAsync(job.JobId)).State));
    }

    [Fact]
    public async Task Cancel_SucceededJob_IsTooLate()
    {
        var job = await SucceededAsync();

        using var response = await _host.Client.PostAsync($"/v1/jobs/{job.JobId}/cancel", null);

        Assert.Equal(CancelAnswer.TooLate, (await response.ReadAsync(WireJson.Default.CancelMessage)).Answer);
    }

    [Fact]
    public async Task Counters_OfASucceededJob_AreThoseOfTheWinners()
    {
        var job = await SucceededAsync();

        Assert.Equal(2, (await GetAsync($"/v1/jobs/{job.JobId}/counters", WireJson.Default.CountersMessage)).Counters["TESTED"]);
    }

    [Fact]
    public async Task Output_OfASucceededJob_ListsItsFiles()
    {
        var job = await SucceededAsync();

        var output = await GetAsync($"/v1/jobs/{job.JobId}/output", WireJson.Default.OutputMessage);

        Assert.Equal((job.Output, "part-r-00000", 3), (output.Output, output.Files.Single().Name, output.Files.Single().Length));
    }

    [Fact]
    public async Task Output_OfARunningJob_Is409()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());

        using var response = await _host.Client.GetAsync($"/v1/jobs/{job.JobId}/output");

        await response.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Tasks_OfARunningJob_SayWhoRunsThem()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        await _worker.RegisterAsync();
        await _worker.ClaimAsync();

        var tasks = await GetAsync($"/v1/jobs/{job.JobId}/tasks?kind=map&state=running", WireJson.Default.TaskListMessage);

        Assert.Equal(("w1", 1), (tasks.Tasks.Single().WorkerId, tasks.Total));
    }

    [Fact]
    public async Task Attempts_OfASucceededJob_AreItsLedger()
    {
        var job = await SucceededAsync();

        var ledger = await GetAsync($"/v1/jobs/{job.JobId}/attempts?after=1&limit=2", WireJson.Default.LedgerView);

        Assert.Equal([2, 3], ledger.Events.Select(each => each.Id));
    }

    [Fact]
    public async Task MapOutputs_OfADoneStep_AreATable()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        await _worker.RegisterAsync();
        var map = await _worker.ClaimAsync();
        await _worker.FinishAsync(map);

        var table = MapOutputsFormat.Read(await _host.Client.GetByteArrayAsync($"/v1/jobs/{job.JobId}/map-outputs/0?version=1"));

        Assert.Equal((map.Token, "w1", "http://127.0.0.1:9"), (table.Locations.Single().Token, table.Locations.Single().Worker, table.Workers.Single().Address));
    }

    private async Task<JobStatus> SucceededAsync()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        await _worker.FinishJobAsync();
        return await _host.EndedAsync(job.JobId);
    }

    private Task<T> GetAsync<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => _host.Client.GetAsync(path, type);
}

using System.Net;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Jobs;

public sealed class SubmitTests : IAsyncLifetime
{
    private MasterHost _host = null!;

    public async Task InitializeAsync() => _host = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:Limits:ActiveJobs"] = "2" });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Submit_NewJob_Is201WithItsStatus()
    {
        using var response = await _host.Client.SubmitAsync(_host.Spec(), "key");

        var status = await response.ReadAsync(WireJson.Default.JobStatus);
        Assert.Equal((HttpStatusCode.Created, JobState.Mapping, $"/v1/jobs/{status.JobId}"), (response.StatusCode, status.State, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Submit_SameKeyAgain_Is200WithTheSameJob()
    {
        var first = await _host.Client.SubmittedAsync(_host.Spec(), "key");

        using var response = await _host.Client.SubmitAsync(_host.Spec(), "key");

        Assert.Equal((HttpStatusCode.OK, first.JobId), (response.StatusCode, (await response.ReadAsync(WireJson.Default.JobStatus)).JobId));
    }

    [Fact]
    public async Task Submit_OtherJobUnderTheKey_Is409()
    {
        await _host.Client.SubmittedAsync(_host.Spec(), "key");

        using var response = await _host.Client.SubmitAsync(_host.Spec("other"), "key");

        Assert.Contains("new key", Assert.Single(await response.ProblemAsync(HttpStatusCode.Conflict)));
    }

    [Fact]
    public async Task Submit_OutputOfARunningJob_Is409()
    {
        await _host.Client.SubmittedAsync(_host.Spec(), "one");

        using var response = await _host.Client.SubmitAsync(_host.Spec(), "two");

        Assert.Contains(_host.Spec().Output, Assert.Single(await response.ProblemAsync(HttpStatusCode.Conflict)));
    }

    [Fact]
    public async Task Submit_WrongJob_Is400WithEveryReason()
    {
        using var response = await _host.Client.SubmitAsync(_host.Spec() with { Priority = 0, MaxAttempts = 0, Inputs = ["/no/such/file"] });

        Assert.Equal(3, (await response.ProblemAsync(HttpStatusCode.BadRequest)).Count);
    }

    [Fact]
    public async Task Submit_OutputThatCannotBeMade_Is400WithTheReason()
    {
        _host.File("file", "no directory");

        using var response = await _host.Client.SubmitAsync(_host.Spec(Path.Combine("file", "out")));

        Assert.Contains("cannot be written", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task List_DataFolderCannotBeRead_Is503()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        File.WriteAllText(Path.Combine(_host.Folder, "data", "jobs", job.JobId, "job"), "{");

        using var response = await _host.Client.GetAsync($"/v1/jobs/{job.JobId}");

        Assert.Contains(job.JobId, Assert.Single(await response.ProblemAsync(HttpStatusCode.ServiceUnavailable)));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Submit_WithoutKey_StartsAJobEachTime()
    {
        var first = await _host.Client.SubmittedAsync(_host.Spec("one"));

        Assert.NotEqual(first.JobId, (await _host.Client.SubmittedAsync(_host.Spec("two"))).JobId);
    }

    [Fact]
    public async Task Submit_MoreJobsThanAdmitted_Is429()
    {
        await _host.Client.SubmittedAsync(_host.Spec("one"));
        await _host.Client.SubmittedAsync(_host.Spec("two"));

        using var response = await _host.Client.SubmitAsync(_host.Spec("three"));

        Assert.Contains("limit 2", Assert.Single(await response.ProblemAsync(HttpStatusCode.TooManyRequests)));
    }

    [Fact]
    public async Task Submit_NoJson_Is400WithAReason()
    {
        using var response = await _host.Client.PostAsync("/v1/jobs", new StringContent("{", null, "application/json"));

        Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Submit_MemberMissing_Is400AndNamesIt()
    {
        using var response = await _host.Client.PostAsync("/v1/jobs", new StringContent("""{"spec":{"job":"x"}}""", null, "application/json"));

        Assert.Contains("output", Assert.Single(await response.ProblemAsync(HttpStatusCode.BadRequest)));
    }

    [Fact]
    public async Task Submit_WithTraceParent_JoinsTheTrace()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        _host.Client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

        Assert.Equal(Trace, (await _host.Client.SubmittedAsync(_host.Spec())).TraceId);
    }

    [Fact]
    public async Task Submit_WithoutTraceParent_StartsATrace() =>
        Assert.Equal(32, (await _host.Client.SubmittedAsync(_host.Spec())).TraceId?.Length);

    [Fact]
    public async Task Retry_OfAJob_IsANewJobWithTheSpec()
    {
        var first = await _host.Client.SubmittedAsync(_host.Spec());
        await _host.Client.PostAsync($"/v1/jobs/{first.JobId}/cancel", null);
        await _host.EndedAsync(first.JobId);

        using var response = await _host.Client.PostAsync($"/v1/jobs/{first.JobId}/retry", null);

        var second = await response.ReadAsync(WireJson.Default.JobStatus);
        Assert.Equal((HttpStatusCode.Created, false, first.Output), (response.StatusCode, second.JobId == first.JobId, second.Output));
    }

    [Fact]
    public async Task Retry_OfNoJob_Is404()
    {
        using var response = await _host.Client.PostAsync("/v1/jobs/0123456789abcdef0123456789abcdef/retry", null);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }
}

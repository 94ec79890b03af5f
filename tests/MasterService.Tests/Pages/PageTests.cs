using System.Net;
using System.Text.RegularExpressions;
using MapReduce.Protocol;
using MasterService.Tests.Support;

namespace MasterService.Tests.Pages;

/// <summary>The pages of a master without tokens.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert('1')</script>&\"";

    private MasterHost _host = null!;

    public async Task InitializeAsync() => _host = await MasterHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Overview_NothingThere_SaysHowToStart()
    {
        var page = await _host.Client.GetStringAsync("/");

        Assert.Contains("No job yet", page);
        Assert.Contains("No worker", page);
        Assert.Contains("leases are kept in memory", page);
    }

    [Fact]
    public async Task Overview_Job_IsALinkWithItsState()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec() with { Name = "nightly" });

        var page = await _host.Client.GetStringAsync("/");

        Assert.Contains($"""<a href="/jobs/{job.JobId}">nightly</a>""", page);
        Assert.Contains("<td>▸ mapping<td><progress max=\"100\" value=\"0\" aria-label=\"nightly\"></progress> 0 %", page);
    }

    [Fact]
    public async Task Overview_Workers_AreListed()
    {
        await new PretendWorker(_host, _host.NewWorkerClient()).RegisterAsync();

        Assert.Matches("<code>w1</code><td><span class=\"good\">. live</span><td class=\"number\">2", await _host.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Overview_MoreJobsThanFit_LeadsToTheOlderOnes()
    {
        for (var n = 0; n < 51; n++) await _host.Client.SubmittedAsync(_host.Spec($"out-{n}") with { Name = $"job-{n:D2}" });

        Assert.Contains("""<a href="/?offset=50">Older jobs</a>""", await _host.Client.GetStringAsync("/"));
        Assert.Contains("job-00", await _host.Client.GetStringAsync("/?offset=50"));
    }

    [Fact]
    public async Task Job_Ended_ShowsCountersAndEvents()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        await new PretendWorker(_host, _host.NewWorkerClient()).FinishJobAsync();
        await _host.EndedAsync(job.JobId);

        var page = await _host.Client.GetStringAsync($"/jobs/{job.JobId}");

        Assert.Contains("succeeded</span>", page);
        Assert.Contains("<code>TESTED</code><td class=\"number\">2", page);
        Assert.Matches("<td>committed<td><code>0-r-00000</code><td><code>w1</code>", page);
    }

    [Fact]
    public async Task Job_FailedAttempt_ShowsWhy()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        var client = _host.NewWorkerClient();
        var worker = new PretendWorker(_host, client);
        await worker.RegisterAsync();
        await client.FailAsync(worker.Id, PretendWorker.Ref(await worker.ClaimAsync()), new AttemptFailure(FailureKind.User, "no date in line 7"), default);

        Assert.Contains("<pre>no date in line 7</pre>", await _host.Client.GetStringAsync($"/jobs/{job.JobId}"));
    }

    [Fact]
    public async Task Job_Unknown_Is404WithAPage()
    {
        using var response = await _host.Client.GetAsync("/jobs/0123456789abcdef0123456789abcdef");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Pages_WithHostileText_EncodeIt()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec() with { Name = Hostile, Options = $$"""{"a":"<script>"}""" });

        foreach (var path in (string[])["/", $"/jobs/{job.JobId}", $"/jobs/{Uri.EscapeDataString(Hostile)}"])
        {
            using var response = await _host.Client.GetAsync(path);
            Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs/unknown")]
    public async Task Pages_Headers_AllowNothingButTheirOwnStyle(string path)
    {
        using var response = await _host.Client.GetAsync(path);

        Assert.Matches("^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Pages_Links_AreAllThere()
    {
        var job = await _host.Client.SubmittedAsync(_host.Spec());
        var links = new[] { "/", $"/jobs/{job.JobId}" }.Select(path => _host.Client.GetStringAsync(path));

        foreach (var link in (await Task.WhenAll(links)).SelectMany(page => Regex.Matches(page, "href=\"([^\"]+)\"").Select(match => match.Groups[1].Value)).Distinct())
        {
            using var response = await _host.Client.GetAsync(link);
            Assert.True(response.IsSuccessStatusCode, $"{link}: {response.StatusCode}");
        }
    }
}

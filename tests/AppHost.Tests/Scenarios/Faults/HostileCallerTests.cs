using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AppHost.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Shuffle;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Faults;

/// <summary>What somebody gets who has no business there.</summary>
[Collection(SharedFaultCluster.Name)]
public sealed class HostileCallerTests(FaultCluster cluster)
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer a-token-that-nobody-has-given-out")]
    [InlineData("Basic c3VibWl0OnN1Ym1pdA==")]
    public async Task Call_EveryRouteWithoutAToken_Is401(string? authorization)
    {
        using var client = new HttpClient();
        foreach (var (method, path) in await RoutesAsync())
        {
            using var request = new HttpRequestMessage(method, new Uri(cluster.Portable.Masters[0], path));
            if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
            using var response = await client.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answers {response.StatusCode}.");
        }
    }

    [Fact]
    public async Task Call_EveryRouteWithTokensOfOtherRoles_Is403()
    {
        foreach (var role in (string[])["submit", "worker", "read"])
        {
            using var client = cluster.Portable.CreateClient(role);
            foreach (var (method, path) in (await RoutesAsync()).Where(route => !RolesOf(route.Method, route.Path).Contains(role)))
            {
                using var request = new HttpRequestMessage(method, path);
                using var response = await client.SendAsync(request);
                Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} answers a {role} with {response.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task Shuffle_WithoutTheJobsSecret_Is401WithoutData()
    {
        await using var job = await cluster.SubmitAsync(maps: 2, openMaps: 1);
        await job.MapsAsync(done: 1, waiting: 1);
        var output = (await job.LedgerAsync(AttemptEventKind.Committed)).Single();
        var address = (await cluster.Client.WorkerAsync(output.WorkerId)).Registration.Address!;
        using var client = new HttpClient();
        foreach (var token in (string?[])[null, "wrong", job.JobId, cluster.Portable.Token("worker"), cluster.Portable.Token("submit")])
        {
            var body = new SegmentRequest(job.JobId, 0, 0, [new RequestedMap(0, output.Token)]).ToJson();
            using var request = new HttpRequestMessage(HttpMethod.Post, address + SegmentRequest.Route) { Content = new ByteArrayContent(body) };
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request);
            Assert.Equal((HttpStatusCode.Unauthorized, 0), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--file", "FILE")]
    public async Task Stream_WhereUserCodeIsNotAllowed_IsRefusedAndNothingIsKept(params string[] files)
    {
        using var folder = new TemporaryDirectory();
        var script = folder.Below("script");
        File.WriteAllText(script, "echo\n");
        await using var run = Command.Of(cluster.Portable, cluster.Portable.Masters)
            .Start(["stream", script, "--output", folder.Below("out"), "--mapper", "cat", .. files.Select(word => word.Replace("FILE", script, StringComparison.Ordinal))]);
        Assert.Equal(7, await run.ExitAsync());
        Assert.Contains("MapReduce:AllowUserCode", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(cluster.Portable.DataFolder, "master/files")));
    }

    [Theory]
    [InlineData("/etc/hostname", "out")]
    [InlineData("../../etc/hostname", "out")]
    [InlineData("link/hostname", "out")]
    [InlineData("input.txt", "/var/outside-of-the-roots")]
    [InlineData("input.txt", "../../outside-of-the-roots")]
    [InlineData("input.txt", "link/outside-of-the-roots")]
    public async Task Submit_PathLeadsOutOfTheRoots_IsRefused(string input, string output)
    {
        var folder = Directory.CreateTempSubdirectory("hostile-");
        var inside = Directory.CreateDirectory(Path.Combine(cluster.Folder, folder.Name)).FullName;
        folder.Delete();
        File.CreateSymbolicLink(Path.Combine(inside, "link"), "/etc");
        File.WriteAllText(Path.Combine(inside, "input.txt"), "x\n");
        var spec = new JobSpec
        {
            Job = "gate",
            Inputs = [Path.Combine(inside, input)],
            Output = Path.Combine(inside, output),
            Steps = Gate.Definition.Plan("{}").Shapes,
        };
        var refused = await Assert.ThrowsAsync<JobRejectedException>(() => cluster.Client.SubmitAsync(spec));
        Assert.Contains("outside of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_OfWorkers_HasNothingOfRedis()
    {
        var password = File.ReadLines(Path.Combine(cluster.Portable.DataFolder, "redis", "redis.conf")).Single(line => line.StartsWith("requirepass ", StringComparison.Ordinal))[12..];
        foreach (var (name, pid) in cluster.Portable.Services().Where(service => service.Key.StartsWith("worker", StringComparison.Ordinal)))
        {
            var environment = File.ReadAllText($"/proc/{pid}/environ");
            Assert.DoesNotContain(password, environment, StringComparison.Ordinal);
            Assert.DoesNotContain("redis", environment, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(cluster.Portable.Token("submit"), environment, StringComparison.Ordinal);
            Assert.False(File.ReadAllText($"/proc/{pid}/cmdline").Contains(cluster.Portable.Token("worker"), StringComparison.Ordinal), $"{name} shows its token on its command line.");
        }
    }

    // All that the master says it has.
    private async Task<IReadOnlyList<(HttpMethod Method, string Path)>> RoutesAsync()
    {
        using var client = cluster.Portable.CreateClient("read");
        using var description = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var routes = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(each => (HttpMethod.Parse(each.Name), path.Name.Replace("{id}", "x", StringComparison.Ordinal).Replace("{step}", "0", StringComparison.Ordinal))))
            .Where(route => route.Item2.StartsWith("/v1/", StringComparison.Ordinal)).Append((HttpMethod.Get, "/openapi/v1.json")).ToList();
        Assert.True(routes.Count > 20, $"The master describes {routes.Count} routes.");
        return routes;
    }

    private static string[] RolesOf(HttpMethod method, string path)
    {
        var isWorkers = path.StartsWith("/v1/leases/", StringComparison.Ordinal) || path.Contains("/map-outputs/", StringComparison.Ordinal) || path == "/v1/jobs/ended"
            || (path.StartsWith("/v1/files/", StringComparison.Ordinal) && method == HttpMethod.Get)
            || (path == "/v1/workers" && method == HttpMethod.Post) || method == HttpMethod.Delete;
        return isWorkers ? ["worker"] : method == HttpMethod.Get ? ["read", "submit"] : ["submit"];
    }
}

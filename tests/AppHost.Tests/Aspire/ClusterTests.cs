using System.Net.Http.Headers;
using System.Text.Json;
using AppHost.Tests.Support;

namespace AppHost.Tests.Aspire;

/// <summary>Real processes, started by Aspire. Needs its released packages, which bring the orchestrator.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Start_Workers_RegisterWithTheMaster()
    {
        await using var cluster = await AspireCluster.StartAsync(new ClusterOptions(Workers: 3));
        await Eventually.HoldsAsync(async () => (await WorkersAsync(cluster)).Count == 3, $"three workers are registered; {cluster.Output}");
    }

    [Fact]
    public async Task KilledWorker_Replacement_RegistersUnderANewId()
    {
        await using var cluster = await AspireCluster.StartAsync(new ClusterOptions(Workers: 2));
        await Eventually.HoldsAsync(async () => (await WorkersAsync(cluster)).Count == 2, $"two workers are registered; {cluster.Output}");
        var before = await WorkersAsync(cluster);
        await cluster.KillWorkerAsync(1);
        await Eventually.HoldsAsync(async () => (await WorkersAsync(cluster)).Except(before).Any(), $"another worker is registered; {cluster.Output}");
    }

    private static async Task<List<string>> WorkersAsync(AspireCluster cluster)
    {
        using var client = new HttpClient { BaseAddress = cluster.Masters[0] };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.Token("read"));
        using var answer = JsonDocument.Parse(await client.GetStringAsync("/v1/workers"));
        return [.. answer.RootElement.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("registration").GetProperty("id").GetString()!)];
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;

namespace MasterService.Tests.Support;

/// <summary>The master's API in the words of the tests.</summary>
internal static class ApiExtensions
{
    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, JobSpec spec, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, MasterApi.Jobs)
        {
            Content = JsonContent.Create(new SubmitMessage(SpecMessage.Of(spec)), WireJson.Default.SubmitMessage),
        };
        if (key is not null) request.Headers.Add(MasterApi.IdempotencyHeader, key);
        return client.SendAsync(request);
    }

    /// <summary>Submits a job that must be accepted.</summary>
    public static async Task<JobStatus> SubmittedAsync(this HttpClient client, JobSpec spec, string? key = null)
    {
        using var response = await client.SubmitAsync(spec, key);
        return await response.ReadAsync(WireJson.Default.JobStatus);
    }

    /// <summary>The answer's content; fails with the problem when it is none.</summary>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, JsonTypeInfo<T> type)
    {
        if (!response.IsSuccessStatusCode) Assert.Fail($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync(type))!;
    }

    public static async Task<T> GetAsync<T>(this HttpClient client, string path, JsonTypeInfo<T> type)
    {
        using var response = await client.GetAsync(path);
        return await response.ReadAsync(type);
    }

    public static Task<HttpResponseMessage> PostAsync<T>(this HttpClient client, string path, T content, JsonTypeInfo<T> type) =>
        client.PostAsync(path, JsonContent.Create(content, type));

    /// <summary>The reasons of a problem with this status.</summary>
    public static async Task<IReadOnlyList<string>> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return (await response.Content.ReadFromJsonAsync(WireJson.Default.ProblemMessage))!.Reasons!;
    }
}

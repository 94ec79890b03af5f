using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cli.Tests.Support;

/// <summary>A master without a network: answers each path as it was told to, and notes what it was asked.</summary>
internal sealed class FakeMaster : HttpMessageHandler
{
    private readonly Dictionary<string, Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new(StringComparer.Ordinal);

    /// <summary>Requests as they came: <c>POST /v1/jobs</c>, their headers and body.</summary>
    public List<(string Line, string? Token, string Body)> Requests { get; } = [];

    /// <summary>Answers with JSON.</summary>
    public void On<T>(string line, T body, JsonTypeInfo<T> type) => On(line, HttpStatusCode.OK, JsonSerializer.Serialize(body, type), "application/json");

    /// <summary>Answers with any content.</summary>
    public void On(string line, HttpStatusCode status, string body, string contentType = "application/problem+json") =>
        On(line, _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) }));

    /// <summary>Does anything.</summary>
    public void On(string line, Func<CancellationToken, Task<HttpResponseMessage>> answer) => _answers[line] = answer;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var line = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests) Requests.Add((line, request.Headers.Authorization?.Parameter, body));
        return _answers.TryGetValue(line, out var answer) ? await answer(cancellationToken) : throw new HttpRequestException($"Connection refused ({request.RequestUri.Authority})");
    }
}

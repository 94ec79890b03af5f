using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MapReduce.Tests.Remote.Support;

/// <summary>A master at the other end of no wire: answers each request as it was told to, in turn, and notes what it was asked.</summary>
internal sealed class FakeMasterHandler : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = [];
    private readonly Lock _lock = new();

    public List<Asked> Requests { get; } = [];

    public FakeMasterHandler Answers<T>(T body, JsonTypeInfo<T> type) => Answers(HttpStatusCode.OK, JsonSerializer.SerializeToUtf8Bytes(body, type), "application/json");

    public FakeMasterHandler Answers(HttpStatusCode status, string problem = "{}") => Answers(status, Encoding.UTF8.GetBytes(problem), "application/problem+json");

    public FakeMasterHandler Answers(HttpStatusCode status, byte[] body, string contentType) => Does(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new(contentType);
        return Task.FromResult(response);
    });

    public FakeMasterHandler Fails() => Does(_ => throw new HttpRequestException("Connection refused"));

    public FakeMasterHandler Hangs() => Does(async cancellationToken =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("unreachable");
    });

    public FakeMasterHandler Does(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        Func<CancellationToken, Task<HttpResponseMessage>>? answer;
        lock (_lock)
        {
            Requests.Add(new Asked(request.Method.Method, request.RequestUri!, headers, body));
            if (!_answers.TryDequeue(out answer)) throw new InvalidOperationException($"nobody said how to answer {request.Method} {request.RequestUri}");
        }
        return await answer(cancellationToken);
    }
}

/// <summary>A request as it came.</summary>
internal sealed record Asked(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body);

using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MapReduce.Protocol;

namespace MapReduce.Remote.Http;

/// <summary>
/// Sends requests to the master that answers, each in one try and with its own time limit. Whatever keeps it from answering
/// is a <see cref="MasterUnavailableException"/>, after which the next master is asked. Safe for concurrent use.
/// </summary>
internal sealed class MasterConnection : IDisposable
{
    private readonly MasterAddresses _masters;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public MasterConnection(MasterAddresses masters, string? token, TimeProvider time, HttpMessageHandler? handler)
    {
        (_masters, _time) = (masters, time);
        _http = new HttpClient(handler ?? NewHandler(masters), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add(MasterApi.VersionHeader, MasterApi.Version.ToString());
        _http.DefaultRequestHeaders.Add(MasterApi.TraceParentHeader, TraceContext.Unrecorded());
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public TimeProvider Time => _time;

    /// <summary>Sends a request and reads its JSON answer.</summary>
    public Task<T> SendAsync<T>(MasterCall call, JsonTypeInfo<T> reply, CancellationToken cancellationToken) =>
        SendAsync(call, async (response, limit) => Parse(await response.Content.ReadAsByteArrayAsync(limit), reply), cancellationToken);

    /// <summary>Sends a request whose answer holds nothing.</summary>
    public Task SendAsync(MasterCall call, CancellationToken cancellationToken) =>
        SendAsync(call, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Sends a request and reads its answer within the same time limit.</summary>
    public Task<T> SendAsync<T>(MasterCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        TryAsync(call, async (master, limit) =>
        {
            using var response = await OpenAsync(master, call, limit);
            return await read(response, limit);
        }, cancellationToken);

    /// <summary>Sends a request whose answer is a stream without end; only its beginning is limited in time. The caller disposes the response.</summary>
    public Task<HttpResponseMessage> OpenAsync(MasterCall call, CancellationToken cancellationToken) =>
        TryAsync(call, (master, limit) => OpenAsync(master, call, limit), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> TryAsync<T>(MasterCall call, Func<Uri, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var master = _masters.Current;
        using var timeout = new CancellationTokenSource(call.Timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await send(master, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _masters.MoveOnFrom(master);
            throw new MasterUnavailableException($"The master at {master} did not answer {call.Method} {call.Path} within {call.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            _masters.MoveOnFrom(master);
            throw new MasterUnavailableException($"The master at {master} cannot be reached: {failure.Message}", failure);
        }
        catch (MasterUnavailableException)
        {
            _masters.MoveOnFrom(master);
            throw;
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(Uri master, MasterCall call, CancellationToken limit)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(master, call.Path));
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Content = call.Content?.Invoke();
        // A file is not sent to a master that refuses it.
        if (call.Method == HttpMethod.Put) request.Headers.ExpectContinue = true;
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await MasterErrors.ReadAsync(master, call, response, limit);
    }

    private static T Parse<T>(byte[] json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The answer is null: is the address that of a master?");

    private static SocketsHttpHandler NewHandler(MasterAddresses masters) => new()
    {
        // A proxy of the environment cannot reach this machine's masters, and is not to see their tokens.
        UseProxy = !masters.AreLocal,
        // No spans for requests: a submit names the trace that its job belongs to, and all others ask not to be recorded.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        // So that a name which moves to another machine is followed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}

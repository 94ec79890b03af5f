using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace MapReduce.MasterService.Http;

/// <summary>
/// JSON bodies of the routes that workers call thousands of times a second. A body is read as a whole before it is parsed:
/// parsing it piece by piece, as it arrives, costs about twice as much.
/// </summary>
internal static class WireBody
{
    private const string ContentType = "application/json; charset=utf-8";

    /// <summary>A route that reads one message and answers with another.</summary>
    public static IEndpointConventionBuilder MapMessage<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, JsonTypeInfo<TRequest> request, JsonTypeInfo<TReply> reply, Func<TRequest, HttpContext, Task<TReply>> answer)
        where TRequest : notnull
    {
        RequestDelegate handle = HandleAsync;
        // The method is what the description of the API goes by.
        return routes.MapPost(path, handle).WithMetadata(
            handle.Method, new AcceptsMetadata(["application/json"], typeof(TRequest)), new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(TReply), ["application/json"]));

        async Task HandleAsync(HttpContext http) =>
            await WriteAsync(http, await answer(await ReadAsync(http, request), http), reply);
    }

    /// <exception cref="JsonException">The body is not such a message.</exception>
    private static async ValueTask<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (read.IsCompleted)
            {
                try
                {
                    return Parse(read.Buffer, type);
                }
                finally
                {
                    // Also after a body that cannot be read: the server would take the connection for broken.
                    body.AdvanceTo(read.Buffer.End);
                }
            }
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
    {
        if (body.IsSingleSegment) return Parse(body.FirstSpan, type);
        var length = (int)body.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, length), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");

    private static async Task WriteAsync<T>(HttpContext http, T message, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = ContentType;
        Serialize(http.Response.BodyWriter, message, type);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static void Serialize<T>(IBufferWriter<byte> body, T message, JsonTypeInfo<T> type)
    {
        using var writer = new Utf8JsonWriter(body);
        JsonSerializer.Serialize(writer, message, type);
    }
}

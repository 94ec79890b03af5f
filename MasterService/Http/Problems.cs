using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace MapReduce.MasterService.Http;

/// <summary>Errors as RFC 9457 problem details, with every reason at once in <c>reasons</c>.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    // It is no HTML: quotes and the like are for people to read.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, int status, params IReadOnlyList<string> reasons)
    {
        // Too late to say anything: the client must see that the answer is cut short.
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable)) Write(json, status, reasons);
        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    private static void Write(Utf8JsonWriter json, int status, IReadOnlyList<string> reasons)
    {
        json.WriteStartObject();
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", string.Join(Environment.NewLine, reasons));
        json.WriteStartArray("reasons");
        foreach (var reason in reasons) json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

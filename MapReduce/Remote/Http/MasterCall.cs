using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MapReduce.Remote.Http;

/// <summary>One request to a master.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Role">The role that it needs, for the message when the master denies it.</param>
internal sealed record MasterCall(HttpMethod Method, string Path, string Role)
{
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes the body, anew for each try; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>How long the answer may take.</summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>Headers besides the common ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static MasterCall Get(string path, string role) => new(HttpMethod.Get, path, role);

    public static MasterCall Post(string path, string role) => new(HttpMethod.Post, path, role);

    public static MasterCall Post<T>(string path, string role, T body, JsonTypeInfo<T> type) =>
        Post(path, role) with { Content = Json(JsonSerializer.SerializeToUtf8Bytes(body, type)) };

    private static Func<HttpContent> Json(byte[] body) => () => new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}

using System.Text.Json;

namespace MapReduce.Shuffle;

/// <summary>Asks a worker for one partition of map outputs that lie on it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Step">The step of the maps.</param>
/// <param name="Partition">The partition, which is the index of the reduce task that asks.</param>
/// <param name="Maps">The outputs, at least one and at most <see cref="MaxMaps"/>.</param>
public sealed record SegmentRequest(string JobId, int Step, int Partition, IReadOnlyList<RequestedMap> Maps)
{
    /// <summary>Map outputs that one request may name.</summary>
    public const int MaxMaps = 1024;

    /// <summary>Bytes of JSON that a request may have: far more than the longest has.</summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>The path at which a worker answers requests, with the bearer token of the job.</summary>
    public const string Route = "/shuffle/v1/segments";

    /// <summary>Reads a request.</summary>
    /// <exception cref="FormatException">It is malformed; the message says how.</exception>
    public static SegmentRequest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var request = JsonSerializer.Deserialize(json, SegmentJson.Default.SegmentRequest);
            return request?.Problem() is { } problem ? throw new FormatException(problem) : request ?? throw new FormatException("The request is null.");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"The request is not JSON of the expected shape: {malformed.Message}", malformed);
        }
    }

    /// <summary>The request as <see cref="Parse"/> reads it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SegmentJson.Default.SegmentRequest);

    private string? Problem()
    {
        if (!IsName(JobId)) return $"The job '{JobId}' is not the id of a job.";
        if (Step < 0 || Partition < 0) return $"Step {Step} and partition {Partition} must not be negative.";
        if (Maps is not { Count: > 0 and <= MaxMaps }) return $"A request names 1 to {MaxMaps} map outputs, this one {Maps?.Count ?? 0}.";
        for (var i = 0; i < Maps.Count; i++)
            if (Maps[i] is not { Map: >= 0 } map || !IsName(map.Token)) return $"Entry {i} of the maps, {Maps[i]?.ToString() ?? "null"}, names no map output.";
        return null;
    }

    // What becomes part of a path must not lead out of the work directory.
    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= 128 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text[0] != '.';
}

/// <summary>One map output of a <see cref="SegmentRequest"/>.</summary>
/// <param name="Map">The map task.</param>
/// <param name="Token">The token of the attempt that made it.</param>
public sealed record RequestedMap(int Map, string Token);

using System.Net;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Remote.Http;

/// <summary>Makes exceptions of a master's refusals.</summary>
internal static class MasterErrors
{
    /// <summary>What the answer means to the caller: try again, or do something else.</summary>
    public static async Task<Exception> ReadAsync(Uri master, MasterCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await ProblemAsync(response, cancellationToken);
        var status = (int)response.StatusCode;
        var said = problem.Detail ?? problem.Title ?? response.ReasonPhrase ?? "no reason given";
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Refused($"The master at {master} knows no such token: give one of role '{call.Role}', {WhereTokensGo}."),
            HttpStatusCode.Forbidden => Refused($"The token is not of role '{call.Role}', which {call.Method} {call.Path} needs at {master}: give one that is, {WhereTokensGo}."),
            HttpStatusCode.UpgradeRequired => Refused($"The master at {master} speaks another protocol than version {MasterApi.Version}: use the same release of master, workers and command. It says: {said}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new MasterUnavailableException($"The master at {master} cannot answer now ({status}): {said}"),
            _ => Refused($"The master at {master} refuses {call.Method} {call.Path} ({status}): {said}"),
        };

        MasterRefusedException Refused(string message) => new(status, message, problem.Reasons ?? []);
    }

    private const string WhereTokensGo =
        "for a command by --token-file, MAPREDUCE_TOKEN or MAPREDUCE_TOKEN_FILE, for a worker by MapReduce__Worker__Token, for a program by ClusterClientOptions.Token";

    // A proxy in between answers in its own words.
    private static async Task<ProblemMessage> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return new ProblemMessage();
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, WireJson.Default.ProblemMessage) ?? new ProblemMessage();
        }
        catch (JsonException)
        {
            return new ProblemMessage();
        }
    }
}

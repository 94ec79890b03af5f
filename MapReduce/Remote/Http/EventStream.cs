using System.Text;
using MapReduce.Protocol;

namespace MapReduce.Remote.Http;

/// <summary>
/// Server-sent events of one response. Read by hand, line by line, because the comments that a master sends in between are
/// what tells a quiet stream from a dead one. Not safe for concurrent use.
/// </summary>
internal sealed class EventStream(HttpResponseMessage response, Stream body, TimeProvider time) : IDisposable
{
    // A master says something every 15 s.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly StreamReader _lines = new(body, Encoding.UTF8);

    /// <summary>The next event.</summary>
    /// <exception cref="MasterUnavailableException">The stream has ended or gone silent.</exception>
    public async Task<ServerEvent> NextAsync(CancellationToken cancellationToken)
    {
        string name = "message", data = "";
        string? id = null;
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length == 0)
            {
                if (data.Length > 0) return new ServerEvent(id, name, data);
                (id, name) = (null, "message");
                continue;
            }
            var (field, value) = Field(line);
            if (field == "event") name = value;
            else if (field == "id") id = value;
            else if (field == "data") data = data.Length == 0 ? value : $"{data}\n{value}";
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        response.Dispose();
    }

    private static (string Field, string Value) Field(string line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0) return (line, "");
        var value = line.AsSpan(colon + 1);
        return (line[..colon], (value.StartsWith(" ") ? value[1..] : value).ToString());
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await _lines.ReadLineAsync(either.Token) ?? throw new MasterUnavailableException("The master ended the stream of events.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MasterUnavailableException($"The master sent nothing for {Silence.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new MasterUnavailableException($"The stream of events broke: {failure.Message}", failure);
        }
    }
}

/// <summary>A server-sent event.</summary>
/// <param name="Id">By which its reader can go on after it; null when it has none.</param>
/// <param name="Name">What kind of event.</param>
/// <param name="Data">Its content.</param>
internal sealed record ServerEvent(string? Id, string Name, string Data);

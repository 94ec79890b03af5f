using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Remote.Http;

/// <summary>Reads a job's events, and connects again where the stream ends before the job does. Not safe for concurrent use.</summary>
internal sealed class JobEventReader(MasterConnection connection, string jobId, TimeSpan patience) : IDisposable
{
    private readonly Retry _retry = new(connection.Time, patience);
    private EventStream? _stream;
    private string? _lastId;

    /// <summary>The next status.</summary>
    public async Task<JobStatus> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _stream ??= await OpenAsync(cancellationToken);
                var next = await _stream.NextAsync(cancellationToken);
                _lastId = next.Id ?? _lastId;
                _retry.Reset();
                if (next.Name == MasterApi.StatusEvent) return Parse(next.Data);
                continue;
            }
            catch (MasterUnavailableException) when (_retry.MayTryAgain)
            {
            }
            Close();
            await _retry.PauseAsync(cancellationToken);
        }
    }

    public void Dispose() => Close();

    private async Task<EventStream> OpenAsync(CancellationToken cancellationToken)
    {
        var call = MasterCall.Get(MasterApi.For(MasterApi.JobEvents, jobId), MasterRole.Read);
        if (_lastId is not null) call = call with { Headers = [(MasterApi.LastEventIdHeader, _lastId)] };
        var response = await connection.OpenAsync(call, cancellationToken);
        return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellationToken), connection.Time);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private static JobStatus Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WireJson.Default.JobStatus) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
        {
            throw new MasterUnavailableException($"The master sent a status that is none: {broken.Message}", broken);
        }
    }
}

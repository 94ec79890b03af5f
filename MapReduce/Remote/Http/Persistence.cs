using System.Text.Json.Serialization.Metadata;
using MapReduce.Protocol;

namespace MapReduce.Remote.Http;

/// <summary>Sends requests again while no master can answer, for a limited time. Every request of the API may be repeated.</summary>
internal sealed class Persistence(MasterConnection connection, TimeSpan patience)
{
    public Task<T> SendAsync<T>(MasterCall call, JsonTypeInfo<T> reply, CancellationToken cancellationToken) =>
        TryAsync(() => connection.SendAsync(call, reply, cancellationToken), cancellationToken);

    public Task SendAsync(MasterCall call, CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            await connection.SendAsync(call, cancellationToken);
            return true;
        }, cancellationToken);

    private async Task<T> TryAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        var retry = new Retry(connection.Time, patience);
        while (true)
        {
            try
            {
                return await send();
            }
            catch (MasterUnavailableException) when (retry.MayTryAgain)
            {
            }
            await retry.PauseAsync(cancellationToken);
        }
    }
}

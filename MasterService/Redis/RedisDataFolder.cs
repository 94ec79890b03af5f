using MapReduce.Protocol;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis;

/// <summary>Ties a Redis to one data folder: masters with another one would lease jobs of which they have no journal.</summary>
internal static class RedisDataFolder
{
    /// <summary>Notes the folder in a Redis that knows none, or compares it.</summary>
    /// <exception cref="InvalidOperationException">Redis belongs to another data folder.</exception>
    /// <exception cref="MasterUnavailableException">Redis cannot be reached now.</exception>
    public static async Task CheckAsync(IConnectionMultiplexer redis, string dataFolderId, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = await new ScriptRunner(redis, time).RunAsync("data folder", async database =>
        {
            await database.StringSetAsync(RedisKeys.DataFolder, dataFolderId, when: When.NotExists);
            return await database.StringGetAsync(RedisKeys.DataFolder);
        }, cancellationToken);
        if (known == dataFolderId) return;
        throw new InvalidOperationException(
            $"This Redis belongs to masters with the data folder {known}; the one of this master is {dataFolderId}. Let all masters of a cluster use one data folder (MapReduce:DataFolder), "
            + $"or this master another Redis (ConnectionStrings:redis); if the former data folder is gone for good, empty Redis with redis-cli FLUSHDB.");
    }
}

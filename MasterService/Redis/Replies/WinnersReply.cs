using MapReduce.MasterService.Redis.Packing;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "winners" returned so far.</summary>
internal sealed class WinnersReply
{
    private const int BucketSize = 32;

    private readonly List<TaskWin> _wins = [];

    private WinnersReply(RedisResult[] reply)
    {
        Version = (long)reply[0];
        Buckets = ((int)reply[1] + BucketSize - 1) / BucketSize;
        IsComplete = (int)reply[1] == (int)reply[2];
    }

    public long Version { get; }

    /// <summary>Hashes of tasks that the stage is spread over.</summary>
    public int Buckets { get; }
    public bool IsComplete { get; }
    public IReadOnlyList<TaskWin> Wins => _wins;

    /// <summary>Adds a slice to those before; null when the winners have changed since.</summary>
    public static WinnersReply? Read(RedisResult[] reply, WinnersReply? before)
    {
        if (reply.Length == 1) return null;
        var winners = before ?? new WinnersReply(reply);
        for (var i = 3; i < reply.Length; i += 5)
        {
            var result = ResultPack.Read((byte[])reply[i + 3]!, (byte[])reply[i + 4]!);
            winners._wins.Add(new TaskWin((int)reply[i], (string)reply[i + 1]!, (string)reply[i + 2]!, result));
        }
        return winners;
    }
}

using MapReduce.MasterService.Redis.Packing;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "events" returns.</summary>
internal static class LedgerReply
{
    public static LedgerView Read(RedisResult[] reply, long after)
    {
        var (first, start) = ((long)reply[1], (long)reply[2]);
        var events = new AttemptEvent[(reply.Length - 3) / 2];
        for (var i = 0; i < events.Length; i++) events[i] = Event(start + i, (byte[])reply[3 + i * 2]!, (string)reply[4 + i * 2]!);
        return new LedgerView(events, after + 1 < first);
    }

    private static AttemptEvent Event(long id, byte[] packed, string worker)
    {
        var reader = new PackReader(packed);
        var at = RedisTime.Date(reader.Integer());
        var kind = (AttemptEventKind)reader.Int32();
        var task = TaskNames.Parse(reader.Text());
        var token = reader.Text();
        _ = reader.Integer();
        var message = reader.Text();
        return new AttemptEvent(id, at, kind, task, token, worker, kind is AttemptEventKind.Failed or AttemptEventKind.Invalidated ? message : null);
    }
}

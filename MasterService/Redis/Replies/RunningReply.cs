using MapReduce.MasterService.Redis.Packing;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "running" returns.</summary>
internal static class RunningReply
{
    public static RunningView Read(RedisResult[] reply)
    {
        var now = (long)reply[0];
        var runs = new List<(long Number, RunView View)>();
        for (var i = 2; i < reply.Length; i += 3) runs.Add(Run((string)reply[i]!, (string)reply[i + 1]!, (byte[])reply[i + 2]!, now));
        return new RunningView(RedisTime.Span((long)reply[1]), [.. runs.OrderBy(run => run.Number).Select(run => run.View)]);
    }

    private static (long, RunView) Run(string key, string worker, byte[] packed, long now)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var reader = new PackReader(packed);
        _ = reader.Integer();
        _ = reader.Integer();
        var isBackup = reader.Boolean();
        var age = RedisTime.Span(now - reader.Integer());
        var number = reader.Integer();
        _ = reader.Boolean();
        var progress = ProgressPack.Read(reader.BytesOrNull()!);
        return (number, new RunView(TaskNames.Parse(key.AsSpan(0, slash)), key[(slash + 1)..], worker, age, isBackup, progress));
    }
}

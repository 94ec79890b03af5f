using MapReduce.MasterService.Redis.Packing;
using MapReduce.Output;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "result" returned so far.</summary>
internal sealed class ResultReply
{
    // By task: a slice may bring one again.
    private readonly Dictionary<string, Winner?> _found = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>The winners as they were when the reading began.</summary>
    public string State { get; private set; } = "";

    /// <summary>Where to read on; "0" at the end.</summary>
    public string Cursor { get; private set; } = "0";

    /// <summary>True when all has come: a server that takes over does not go by the cursor of the one before.</summary>
    public bool IsWhole => _found.Count == _count;

    /// <summary>By step, kind and number of their tasks.</summary>
    public IReadOnlyList<Winner> Winners =>
        [.. _found.Values.OfType<Winner>().OrderBy(winner => winner.Task.Step).ThenBy(winner => winner.Task.Kind).ThenBy(winner => winner.Task.Index)];

    /// <summary>Adds a slice; false when the winners have changed since the begin.</summary>
    public bool Add(RedisResult[] reply)
    {
        if (reply.Length == 1) return false;
        (State, _count, Cursor) = ((string)reply[0]!, (long)reply[1], (string)reply[2]!);
        for (var i = 3; i < reply.Length; i += 3)
        {
            var files = ResultPack.Files((byte[])reply[i + 2]!);
            var name = (string)reply[i]!;
            // Boundaries are no file.
            _found[name] = files.Count == 0 ? null : new Winner(TaskNames.Parse(name), (string)reply[i + 1]!, files);
        }
        return true;
    }
}

using MapReduce.MasterService.Redis.Packing;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using StackExchange.Redis;

namespace MapReduce.MasterService.Redis.Replies;

/// <summary>What the script "tasks" returns.</summary>
internal static class TasksReply
{
    private const int Fields = 9;

    public static IReadOnlyList<TaskView> Read(RedisResult[] reply, int step, TaskKind kind, int start, int count)
    {
        TaskId? dead = reply[1].IsNull ? null : TaskNames.Parse(new PackReader((byte[])reply[1]!).Text());
        var views = new List<TaskView>();
        var at = 2;
        for (var index = start; index < (int)reply[0] && views.Count < count; index++)
        {
            var id = new TaskId(step, kind, index);
            var isKnown = at < reply.Length && (int)reply[at] == index;
            views.Add(isKnown ? View(id, reply.AsSpan(at, Fields), dead == id) : new TaskView(id, TaskState.Pending, 0, 0, 0, null, 0, null));
            if (isKnown) at += Fields;
        }
        return views;
    }

    private static TaskView View(TaskId id, ReadOnlySpan<RedisResult> task, bool isDead)
    {
        var isWon = (int)task[4] == 1;
        var state = isWon ? TaskState.Done : isDead ? TaskState.Dead : (int)task[5] > 0 ? TaskState.Running : TaskState.Pending;
        return new TaskView(
            id, state, (int)task[1], (int)task[2], (int)task[3], (string?)task[6], ResultPack.Bytes((byte[])task[7]!), (string?)task[8]);
    }
}

using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>A job's end as JSON.</summary>
internal static class JournalEndJson
{
    public static byte[] Write(JournalEnd end) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("state", end.State.ToString());
        writer.WriteString("error", end.Error);
        writer.WriteString("endedAt", end.EndedAt);
        writer.WriteCounters("counters", end.Counters);
        Write(writer, end.Attempts);
        writer.WriteNumber("step", end.Step);
        writer.WriteStartArray("tasks");
        foreach (var (kind, counts) in end.Tasks) Write(writer, kind, counts);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static JournalEnd Read(byte[] json) => Json.Read(json, end => new JournalEnd(
        (JobState)end.Name("state", typeof(JobState)),
        end.OptionalText("error"),
        end.GetProperty("endedAt").GetDateTimeOffset(),
        end.GetProperty("counters").Counters())
    {
        Attempts = ReadAttempts(end.GetProperty("attempts")),
        Step = end.GetProperty("step").GetInt32(),
        Tasks = ReadTasks(end.GetProperty("tasks")),
    });

    private static void Write(Utf8JsonWriter writer, AttemptCounts attempts)
    {
        writer.WriteStartObject("attempts");
        writer.WriteNumber("started", attempts.Started);
        writer.WriteNumber("failed", attempts.Failed);
        writer.WriteNumber("killed", attempts.Killed);
        writer.WriteNumber("lost", attempts.Lost);
        writer.WriteNumber("backup", attempts.Backup);
        writer.WriteEndObject();
    }

    private static AttemptCounts ReadAttempts(JsonElement attempts) => new(
        attempts.GetProperty("started").GetInt32(),
        attempts.GetProperty("failed").GetInt32(),
        attempts.GetProperty("killed").GetInt32(),
        attempts.GetProperty("lost").GetInt32(),
        attempts.GetProperty("backup").GetInt32());

    private static void Write(Utf8JsonWriter writer, TaskKind kind, TaskCounts counts)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", kind.ToString());
        writer.WriteNumber("total", counts.Total);
        writer.WriteNumber("done", counts.Done);
        writer.WriteNumber("progress", counts.Progress);
        writer.WriteEndObject();
    }

    private static Dictionary<TaskKind, TaskCounts> ReadTasks(JsonElement tasks)
    {
        var counts = new Dictionary<TaskKind, TaskCounts>();
        foreach (var each in tasks.EnumerateArray())
            counts[(TaskKind)each.Name("kind", typeof(TaskKind))] = new TaskCounts(
                each.GetProperty("total").GetInt32(), Running: 0, each.GetProperty("done").GetInt32(), each.GetProperty("progress").GetDouble());
        return counts;
    }
}

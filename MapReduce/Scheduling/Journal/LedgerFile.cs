using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>A job's ledger as a file: a line of JSON an event, oldest first. A first line says so when the beginning was not kept.</summary>
internal static class LedgerFile
{
    private static readonly byte[] Truncated = "{\"truncated\":true}\n"u8.ToArray();

    public static byte[] Write(LedgerView ledger)
    {
        using var stream = new MemoryStream();
        if (ledger.IsTruncated) stream.Write(Truncated);
        foreach (var each in ledger.Events)
        {
            stream.Write(Json.Write(writer => Write(writer, each)));
            stream.WriteByte((byte)'\n');
        }
        return stream.ToArray();
    }

    /// <summary>The events after an id, at most so many.</summary>
    public static LedgerView Read(byte[] file, long after, int max)
    {
        var isTruncated = file.AsSpan().StartsWith(Truncated);
        var events = new List<AttemptEvent>();
        var first = 0L;
        for (var start = isTruncated ? Truncated.Length : 0; start < file.Length && events.Count < max;)
        {
            var length = file.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0) length = file.Length - start;
            var each = Json.Read(file.AsSpan(start, length).ToArray(), ReadEvent);
            if (first == 0) first = each.Id;
            if (each.Id > after) events.Add(each);
            start += length + 1;
        }
        return new LedgerView(events, isTruncated && after + 1 < first);
    }

    private static void Write(Utf8JsonWriter writer, AttemptEvent each)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", each.Id);
        writer.WriteString("at", each.At);
        writer.WriteString("kind", each.Kind.ToString());
        writer.WriteNumber("step", each.Task.Step);
        writer.WriteString("task", each.Task.Kind.ToString());
        writer.WriteNumber("index", each.Task.Index);
        writer.WriteString("token", each.Token);
        writer.WriteString("worker", each.WorkerId);
        if (each.Message is not null) writer.WriteString("message", each.Message);
        writer.WriteEndObject();
    }

    private static AttemptEvent ReadEvent(JsonElement each) => new(
        each.GetProperty("id").GetInt64(),
        each.GetProperty("at").GetDateTimeOffset(),
        (AttemptEventKind)each.Name("kind", typeof(AttemptEventKind)),
        new TaskId(each.GetProperty("step").GetInt32(), (TaskKind)each.Name("task", typeof(TaskKind)), each.GetProperty("index").GetInt32()),
        each.Text("token"),
        each.Text("worker"),
        each.OptionalText("message"));
}

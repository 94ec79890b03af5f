using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>An outcome as JSON.</summary>
internal static class OutcomeJson
{
    public static byte[] Write(JobOutcome outcome) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("kind", outcome.Kind.ToString());
        writer.WriteString("output", outcome.Output);
        writer.WriteString("job", outcome.Job);
        writer.WriteStartArray("winners");
        foreach (var winner in outcome.Winners) Write(writer, winner);
        writer.WriteEndArray();
        writer.WriteCounters("counters", outcome.Counters);
        writer.WritePropertyName("replaced");
        FileEntryJson.Write(writer, outcome.Replaced);
        if (outcome.Error is not null) writer.WriteString("error", outcome.Error);
        writer.WriteEndObject();
    });

    public static JobOutcome Read(byte[] json) => Json.Read(json, outcome => new JobOutcome
    {
        Kind = (OutcomeKind)outcome.Name("kind", typeof(OutcomeKind)),
        Output = outcome.Text("output"),
        Job = outcome.Text("job"),
        Winners = outcome.GetProperty("winners").List(ReadWinner),
        Counters = outcome.GetProperty("counters").Counters(),
        Replaced = FileEntryJson.Read(outcome.GetProperty("replaced")),
        Error = outcome.OptionalText("error"),
    });

    private static void Write(Utf8JsonWriter writer, Winner winner)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("task");
        writer.WriteNumber("step", winner.Task.Step);
        writer.WriteString("kind", winner.Task.Kind.ToString());
        writer.WriteNumber("index", winner.Task.Index);
        writer.WriteEndObject();
        writer.WriteString("token", winner.Token);
        writer.WriteStartArray("files");
        foreach (var file in winner.Files) Write(writer, file);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OutputFile file)
    {
        writer.WriteStartObject();
        writer.WriteString("name", file.Name);
        writer.WriteNumber("length", file.Length);
        writer.WriteNumber("records", file.Records);
        writer.WriteNumber("crc32C", file.Crc32C);
        writer.WriteEndObject();
    }

    private static Winner ReadWinner(JsonElement winner)
    {
        var task = winner.GetProperty("task");
        var kind = (TaskKind)task.Name("kind", typeof(TaskKind));
        return new Winner(
            new TaskId(task.GetProperty("step").GetInt32(), kind, task.GetProperty("index").GetInt32()),
            winner.Text("token"),
            winner.GetProperty("files").List(ReadFile));
    }

    private static OutputFile ReadFile(JsonElement file) => new(
        file.Text("name"), file.GetProperty("length").GetInt64(), file.GetProperty("records").GetInt64(), file.GetProperty("crc32C").GetUInt32());
}

using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>The journal's records as JSON.</summary>
internal static class JournalJson
{
    public static byte[] Write(JobSpec spec) => Json.Write(writer => JobSpecJson.Write(writer, spec));

    public static byte[] Write(JournalEntry entry) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("jobId", entry.JobId);
        writer.WriteString("fingerprint", entry.Fingerprint);
        writer.WriteString("submittedAt", entry.SubmittedAt);
        writer.WritePropertyName("spec");
        JobSpecJson.Write(writer, entry.Spec);
        writer.WriteStartArray("maps");
        foreach (var maps in entry.Maps) writer.WriteNumberValue(maps);
        writer.WriteEndArray();
        writer.WriteNumber("reducers", entry.Reducers);
        writer.WriteNumber("inputBytes", entry.InputBytes);
        writer.WriteTexts("notes", entry.Notes);
        writer.WriteStartObject("origin");
        writer.WriteString("subject", entry.Origin.Subject);
        writer.WriteString("traceParent", entry.Origin.TraceParent);
        writer.WriteString("shuffleSecret", entry.Origin.ShuffleSecret);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static JournalEntry ReadEntry(byte[] json) => Json.Read(json, entry => new JournalEntry
    {
        JobId = entry.Text("jobId"),
        Fingerprint = entry.Text("fingerprint"),
        SubmittedAt = entry.GetProperty("submittedAt").GetDateTimeOffset(),
        Spec = JobSpecJson.Read(entry.GetProperty("spec")),
        Maps = entry.GetProperty("maps").List(maps => maps.GetInt32()),
        Reducers = entry.GetProperty("reducers").GetInt32(),
        InputBytes = entry.GetProperty("inputBytes").GetInt64(),
        Notes = entry.GetProperty("notes").List(note => note.GetString()!),
        Origin = ReadOrigin(entry.GetProperty("origin")),
    });

    private static JobOrigin ReadOrigin(JsonElement origin) =>
        new(origin.OptionalText("subject"), origin.OptionalText("traceParent"), origin.OptionalText("shuffleSecret"));
}

using System.Text.Json;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The old files that a commit removes, as JSON.</summary>
internal static class FileEntryJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<FileEntry> entries)
    {
        writer.WriteStartArray();
        foreach (var entry in entries) Write(writer, entry);
        writer.WriteEndArray();
    }

    public static IReadOnlyList<FileEntry> Read(JsonElement list) => list.List(ReadOne);

    private static void Write(Utf8JsonWriter writer, FileEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("path", entry.Path);
        writer.WriteBoolean("isDirectory", entry.IsDirectory);
        writer.WriteNumber("length", entry.Length);
        writer.WriteNumber("modifiedTicks", entry.ModifiedTicks);
        if (entry.LinkTarget is not null) writer.WriteString("linkTarget", entry.LinkTarget);
        writer.WriteEndObject();
    }

    private static FileEntry ReadOne(JsonElement entry) =>
        new(entry.Text("path"), entry.GetProperty("isDirectory").GetBoolean(), entry.GetProperty("length").GetInt64(), entry.GetProperty("modifiedTicks").GetInt64())
        {
            LinkTarget = entry.OptionalText("linkTarget"),
        };
}

using System.Text.Json;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>The old files that a commit removes, as JSON.</summary>
internal static class FileEntryJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<FileEntry> entries)
    {
        writer.WriteStartArray();
        // By position: enumerating a struct through its interface is code that no precompilation covers.
        for (var i = 0; i < entries.Count; i++) Write(writer, entries[i]);
        writer.WriteEndArray();
    }

    public static FileEntry[] Read(JsonElement list)
    {
        if (list.GetArrayLength() == 0) return [];
        var entries = new FileEntry[list.GetArrayLength()];
        for (var i = 0; i < entries.Length; i++) entries[i] = ReadOne(list[i]);
        return entries;
    }

    private static void Write(Utf8JsonWriter writer, in FileEntry entry)
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

using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// The content of <c>_SUCCESS</c>: what a reader needs to check that it has everything. The job's name and id, the parts in
/// the order in which they continue each other (name, bytes, records, CRC-32C as eight hexadecimal digits), the files beside them
/// (alike), the counters.
/// </summary>
internal static class SuccessManifest
{
    private static readonly string[] Lists = ["parts", "files"];

    public static byte[] Of(string jobId, JobOutcome outcome) => Json.Write(writer =>
    {
        var files = outcome.Winners.SelectMany(winner => winner.Files).ToLookup(file => OutputNames.IsPart(file.Name));
        writer.WriteStartObject();
        writer.WriteString("job", outcome.Job);
        writer.WriteString("jobId", jobId);
        Write(writer, Lists[0], files[true]);
        Write(writer, Lists[1], files[false]);
        writer.WriteCounters("counters", outcome.Counters);
        writer.WriteEndObject();
    });

    /// <summary>The names of all files that a manifest lists; none when it is another program's, or damaged.</summary>
    public static IReadOnlySet<string> Names(byte[] manifest)
    {
        try
        {
            return Json.Read(manifest, root => Lists.Where(list => root.TryGetProperty(list, out _)).SelectMany(list => root.GetProperty(list).List(file => file.Text("name"))).ToHashSet(StringComparer.Ordinal));
        }
        catch (IOException)
        {
            return new HashSet<string>();
        }
    }

    private static void Write(Utf8JsonWriter writer, string list, IEnumerable<OutputFile> files)
    {
        writer.WriteStartArray(list);
        foreach (var file in files)
        {
            writer.WriteStartObject();
            writer.WriteString("name", file.Name);
            writer.WriteNumber("bytes", file.Length);
            writer.WriteNumber("records", file.Records);
            writer.WriteString("crc32C", file.Crc32C.ToString("x8"));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Output;

/// <summary>
/// The content of <c>_SUCCESS</c>: what a reader needs to check that it has everything. The job's name and id, the parts in
/// the order in which they continue each other (name, bytes, records, CRC-32C as eight hexadecimal digits), the counters.
/// </summary>
internal static class SuccessManifest
{
    public static byte[] Of(string jobId, JobOutcome outcome) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("job", outcome.Job);
        writer.WriteString("jobId", jobId);
        writer.WriteStartArray("parts");
        foreach (var winner in outcome.Winners)
        {
            foreach (var part in winner.Files)
            {
                writer.WriteStartObject();
                writer.WriteString("name", part.Name);
                writer.WriteNumber("bytes", part.Length);
                writer.WriteNumber("records", part.Records);
                writer.WriteString("crc32C", part.Crc32C.ToString("x8"));
                writer.WriteEndObject();
            }
        }
        writer.WriteEndArray();
        writer.WriteCounters("counters", outcome.Counters);
        writer.WriteEndObject();
    });
}

using System.Text.Json;

namespace MapReduce.Output;

/// <summary>The content of <c>_SUCCESS</c>: what a reader needs to check that it has everything.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="JobId">The job.</param>
/// <param name="Parts">The files of the output, in the order in which they continue each other.</param>
/// <param name="Counters">The job's counters.</param>
internal sealed record SuccessManifest(string Job, string JobId, IReadOnlyList<ManifestPart> Parts, IReadOnlyDictionary<string, long> Counters)
{
    public static byte[] Of(string jobId, JobOutcome outcome)
    {
        var parts = outcome.Winners.SelectMany(winner => winner.Files)
            .Select(file => new ManifestPart(file.Name, file.Length, file.Records, file.Crc32C.ToString("x8")));
        var manifest = new SuccessManifest(outcome.Job, jobId, [.. parts], outcome.Counters);
        return JsonSerializer.SerializeToUtf8Bytes(manifest, CommitJson.Default.SuccessManifest);
    }
}

/// <summary>A file of the output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Records">Records (lines, for text).</param>
/// <param name="Crc32C">CRC-32C of its content, eight hexadecimal digits.</param>
internal sealed record ManifestPart(string Name, long Bytes, long Records, string Crc32C);

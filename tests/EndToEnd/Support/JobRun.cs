using System.Text.Json;

namespace EndToEnd.Support;

/// <summary>A successful run of a built-in job by the built command, and its output.</summary>
internal sealed record JobRun(string Output)
{
    /// <summary>Runs a job over a text.</summary>
    /// <param name="texts">Where outputs go.</param>
    /// <param name="text">The input.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="arguments">More arguments of <c>mapreduce run</c>.</param>
    public static async Task<JobRun> RunAsync(Texts texts, InputText text, string job, params IEnumerable<string> arguments)
    {
        var run = new JobRun(texts.NewOutput());
        var ended = await Programs.EndAsync(Programs.MapReduce(["run", job, text.Folder, "--output", run.Output, .. arguments]));
        Assert.True(ended.ExitCode == 0, $"'run {job}' ended with {ended.ExitCode}: {ended.Error}");
        return run;
    }

    /// <summary>The parts put together in order.</summary>
    public byte[] Parts()
    {
        using var all = new MemoryStream();
        foreach (var part in Directory.GetFiles(Output, "part-*").Order(StringComparer.Ordinal)) all.Write(File.ReadAllBytes(part));
        return all.ToArray();
    }

    /// <summary>The lines of the parts in order.</summary>
    public async Task<byte[]> SortedPartsAsync()
    {
        await Programs.BashAsync("""cat "$1"/part-* | sort > "$1/_sorted" """, Output);
        return await File.ReadAllBytesAsync(Path.Combine(Output, "_sorted"));
    }

    /// <summary>A counter of the manifest; 0 when it is not there.</summary>
    public long Counter(string name)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Output, "_SUCCESS")));
        return manifest.RootElement.GetProperty("counters").TryGetProperty(name, out var value) ? value.GetInt64() : 0;
    }
}

using System.Text;
using MapReduce;
using MapReduce.Jobs;
using MapReduce.Local;
using MapReduce.Protocol;

namespace Jobs.Tests.Support;

/// <summary>Runs built-in jobs through the real engine, over files in a folder that is deleted at the end.</summary>
public sealed class JobFixture : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mapreduce-jobs-").FullName;

    /// <summary>Bytes of input a map task: lines of a few characters are spread over several.</summary>
    private const int SplitSize = 16;

    public string Input => Path.Combine(_root, "in");

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Input);
        var path = Path.Combine(Input, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Runs a job over one file.</summary>
    /// <returns>The parts put together in order, a character for each byte.</returns>
    public Task<string> RunAsync(string job, string text, string options = "", int reducers = 1)
    {
        Write("a.txt", Encoding.UTF8.GetBytes(text));
        return RunWrittenAsync(job, options, reducers);
    }

    /// <summary>Runs a job over the files written before.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="options">Options as <c>name=value</c>, a space between them.</param>
    /// <param name="reducers">Reduce tasks.</param>
    public async Task<string> RunWrittenAsync(string job, string options, int reducers = 1)
    {
        Assert.True(BuiltInJobs.Catalog.TryFind(job, out var definition), job);
        var json = definition.Parse(options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Setting));
        var plan = definition.Plan(json);
        var spec = new JobSpec
        {
            Job = job,
            Options = json,
            Inputs = [Input],
            Output = Path.Combine(_root, "out"),
            Overwrite = true,
            Reducers = reducers,
            SplitSize = SplitSize,
            MemoryPerSlot = 16 << 20,
            Steps = plan.Shapes,
        };
        var status = await LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 2 }, null, CancellationToken.None);
        Assert.True(status.State == JobState.Succeeded, status.Error);
        return string.Concat(Directory.GetFiles(spec.Output, "part-*").Order(StringComparer.Ordinal).Select(part => File.ReadAllText(part, Encoding.Latin1)));
    }

    /// <summary>UTF-8 as <see cref="RunAsync(string, string, string, int)"/> returns it.</summary>
    public static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static KeyValuePair<string, string> Setting(string text) => KeyValuePair.Create(text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}

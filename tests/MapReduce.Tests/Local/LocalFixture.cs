using MapReduce.Local;
using MapReduce.Protocol;

namespace MapReduce.Tests.Local;

/// <summary>A word count over a few lines, in a folder that is deleted at the end.</summary>
internal sealed class LocalFixture : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mapreduce-local-").FullName;

    public LocalFixture()
    {
        Directory.CreateDirectory(Path.Combine(_root, "in"));
        for (var i = 0; i < 5; i++) File.WriteAllText(Path.Combine(_root, "in", $"{i}.txt"), "to be or not to be\nthat is the question\n");
    }

    public static string Expected => "be\t10\nis\t5\nnot\t5\nor\t5\nquestion\t5\nthat\t5\nthe\t5\nto\t10\n";

    public string Output => Path.Combine(_root, "deep", "out");

    public string Root => _root;

    public static JobPlan WordCount(Action? eachLine = null) => Job.ReadLines()
        .Map(line =>
        {
            eachLine?.Invoke();
            return line.Words().Select(word => (word, 1L));
        })
        .Combine((a, b) => a + b)
        .Reduce((word, counts) => counts.Sum())
        .WriteText();

    public JobSpec Spec(JobPlan plan) =>
        new() { Job = "wordcount", Inputs = [Path.Combine(_root, "in")], Output = Output, Reducers = 1, SplitSize = 38, MemoryPerSlot = 16 << 20, Steps = plan.Shapes };

    public Task<JobStatus> RunAsync(JobPlan plan, bool overwrite = false, int workers = 2, string? work = null, IProgress<JobStatus>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(plan, Spec(plan) with { Overwrite = overwrite }, workers, work, progress, cancellationToken);

    public static Task<JobStatus> RunAsync(JobPlan plan, JobSpec spec, int workers = 2, string? work = null, IProgress<JobStatus>? progress = null, CancellationToken cancellationToken = default) =>
        LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = workers, WorkDirectory = work }, progress, cancellationToken);

    public string Part(int index = 0) => File.ReadAllText(Path.Combine(Output, $"part-r-{index:D5}"));

    /// <summary>Everything below the root but the input, in order.</summary>
    public string Show() => string.Join(' ', Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_root, path)).Where(path => !path.StartsWith("in", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    public void Write(string path, string text)
    {
        var full = Path.Combine(Output, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

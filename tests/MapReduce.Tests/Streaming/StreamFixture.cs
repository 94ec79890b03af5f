using System.Diagnostics;
using MapReduce.Local;
using MapReduce.Protocol;
using MapReduce.Streaming;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Streaming;

/// <summary>Runs streaming jobs on this machine, and shell pipelines over the same input.</summary>
internal sealed class StreamFixture : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _runs;

    public string Root => _folder.Path;

    public string Input => _folder.Folder("in");

    public string this[string relative] => _folder[relative];

    /// <summary>How a job is planned: as on this machine.</summary>
    public Func<StreamOptions, JobPlan> Plan { get; set; } = options => new StreamJob().Plan(options);

    public TimeSpan TaskTimeout { get; set; } = TimeSpan.FromMinutes(10);

    public void Write(string name, string content) => _folder.File(Path.Combine("in", name), content);

    public string Script(string name, string content)
    {
        var path = _folder.File(Path.Combine("scripts", name), content);
        Shell($"chmod +x '{path}'");
        return path;
    }

    /// <summary>Lines of words, the same at each call; enough for several splits.</summary>
    public void WriteWords(int lines)
    {
        var random = new Random(17);
        using var file = File.CreateText(Path.Combine(Input, "words"));
        for (var i = 0; i < lines; i++)
            file.Write(string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => $"w{random.Next(500)}")) + "\n");
    }

    public async Task<JobStatus> RunAsync(StreamOptions options, int reducers = 2, long memory = 64 << 20, int maxAttempts = 1, long skipBadRecords = 0, CancellationToken cancellationToken = default)
    {
        var plan = Plan(options);
        var spec = new JobSpec
        {
            Job = "stream",
            Inputs = [Input],
            Output = Output(++_runs),
            Reducers = reducers,
            SplitSize = 256 << 10,
            MemoryPerSlot = memory,
            MaxAttempts = maxAttempts,
            SkipBadRecords = skipBadRecords,
            TaskTimeout = TaskTimeout,
            Steps = plan.Shapes,
        };
        return await LocalCluster.RunAsync(plan, spec, new LocalClusterOptions { Workers = 2 }, progress: null, cancellationToken);
    }

    /// <summary>The output's lines of a run that must have succeeded, in order of their bytes.</summary>
    public async Task<string> SortedAsync(StreamOptions options, int reducers = 2, long memory = 64 << 20)
    {
        var status = await RunAsync(options, reducers, memory);
        Assert.Equal((JobState.Succeeded, null), (status.State, status.Error));
        return Shell($"cat '{Output(_runs)}'/part-* | LC_ALL=C sort");
    }

    /// <summary>The digest of the same, for large outputs.</summary>
    public async Task<string> SumAsync(StreamOptions options)
    {
        Assert.Equal(JobState.Succeeded, (await RunAsync(options)).State);
        return Shell($"cat '{Output(_runs)}'/part-* | LC_ALL=C sort | md5sum");
    }

    /// <summary>The error of a run that must have failed.</summary>
    public async Task<string> ErrorAsync(StreamOptions options)
    {
        var status = await RunAsync(options);
        Assert.Equal(JobState.Failed, status.State);
        return status.Error!;
    }

    /// <summary>What a pipeline writes, run by a shell in a folder where its temporary files may lie.</summary>
    public string Shell(string pipeline)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-o", "pipefail", "-c", pipeline]) { RedirectStandardOutput = true, WorkingDirectory = Root, StandardOutputEncoding = System.Text.Encoding.Latin1 })!;
        var written = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return written;
    }

    public string Output(int run) => _folder[$"out-{run}"];

    public void Dispose() => _folder.Dispose();
}

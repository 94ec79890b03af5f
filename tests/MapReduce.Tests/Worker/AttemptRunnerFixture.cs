using MapReduce.Input;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;
using MapReduce.Worker;

namespace MapReduce.Tests.Worker;

/// <summary>An attempt runner over real files.</summary>
internal sealed class AttemptRunnerFixture : IDisposable
{
    public const string Token = "1.0123456789abcdef";

    private readonly TempFolder _folder = new();
    private readonly AttemptRunner _runner;
    private readonly IFileSystem _files;

    public AttemptRunnerFixture(JobPlan plan, IFileSystem? files = null, bool isOnlyHost = false)
    {
        _files = files ?? PhysicalFileSystem.Instance;
        Output = new FolderOutput(_files, _folder.Folder("output"));
        _runner = new AttemptRunner(_files, Output, new LocalMapOutputSource(_files, _folder.Folder("work")), _folder.Folder("work"), _ => plan, isOnlyHost, runsInline: true, new MemoryPool(), leastRoom: 16 << 20);
    }

    public FolderOutput Output { get; }

    public string? Refusal => _runner.Refusal;

    /// <summary>All files that attempts left, work and output.</summary>
    public IEnumerable<string> Left => new[] { "work", "output" }.SelectMany(folder => Directory.GetFiles(_folder[folder], "*", SearchOption.AllDirectories));

    public FileRange Input(string name, string content)
    {
        var path = _folder.File(name, content);
        return new FileRange(path, 0, content.Length, content.Length, new FileInfo(path).LastWriteTimeUtc.Ticks);
    }

    public static TaskLease MapLease(FileRange input, int index = 0, int reducers = 1) =>
        Lease(TaskKind.Map, index, reducers) with { Split = new InputSplit([input]) };

    /// <summary>A reduce that reads the first so many maps.</summary>
    public static TaskLease ReduceLease(int maps = 1) =>
        Lease(TaskKind.Reduce, 0, 1) with { MapOutputs = [.. Enumerable.Range(0, maps).Select(map => new MapOutputLocation(map, Token, "worker"))] };

    /// <summary>Where the output of a map lies.</summary>
    public string MapOutput(int map = 0) => WorkDirectory.MapOutput(_folder.Folder("work"), "job", new TaskId(0, TaskKind.Map, map), Token);

    public Task<AttemptResult> Run(TaskLease lease, CancellationToken cancellation = default) => _runner.RunAsync(lease, new AttemptProgress(), cancellation);

    public async Task<AttemptFailure> Fail(TaskLease lease) => (await Assert.ThrowsAsync<AttemptFailedException>(() => Run(lease))).Failure;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private static TaskLease Lease(TaskKind kind, int index, int reducers) => new()
    {
        JobId = "job",
        Task = new TaskId(0, kind, index),
        Token = Token,
        Attempt = 1,
        Duration = TimeSpan.FromSeconds(10),
        Reducers = reducers,
        Spec = new JobSpec { Job = "test", Inputs = ["/in"], Output = "/out", Steps = [], MemoryPerSlot = 16 << 20 },
    };
}

/// <summary>An output store that knows attempts only.</summary>
internal sealed class FolderOutput(IFileSystem files, string folder) : IOutputStore
{
    public int Sealed { get; private set; }

    public string Path(TaskId task, string token) => System.IO.Path.Combine(folder, $"{task}-{token}");

    public IFileWriter Create(string output, string jobId, TaskId task, string token, string name)
    {
        files.CreateDirectory(Path(task, token));
        return files.Create(System.IO.Path.Combine(Path(task, token), name));
    }

    public void Seal(string output, string jobId, TaskId task, string token) => Sealed++;

    public void Discard(string output, string jobId, TaskId task, string token) => files.DeleteTree(Path(task, token));

    public void Claim(string jobId, JobSpec spec) => throw new NotSupportedException();

    public IReadOnlyList<Winner> Missing(string output, string jobId, IReadOnlyList<Winner> winners) => throw new NotSupportedException();

    public JobOutcome Publish(string jobId, JobOutcome outcome) => throw new NotSupportedException();

    public JobOutcome? Outcome(string jobId) => throw new NotSupportedException();

    public void CarryOut(string jobId, JobOutcome outcome) => throw new NotSupportedException();
}

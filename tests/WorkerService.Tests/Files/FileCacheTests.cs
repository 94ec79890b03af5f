using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Worker;
using MapReduce.WorkerService.Files;
using MapReduce.WorkerService.Storage;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class FileCacheTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line\n", 100_000)));
    private static readonly ShippedFile Dictionary = FileOf(Content);

    private readonly TempFolder _folder = new();
    private readonly HurriedTime _time = new();
    private readonly FileCache _cache;
    private readonly List<Func<Stream>> _answers = [];
    private long _free = long.MaxValue / 2;
    private int _opened;

    public FileCacheTests() => _cache = new FileCache(_folder["files"], OpenAsync, _ => _free, _time);

    public void Dispose()
    {
        _cache.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Hold_SeveralAtATime_FetchOnce()
    {
        _answers.Add(() => new MemoryStream(Content));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => HoldAsync($"job-{i % 2}")));

        Assert.Equal(1, _opened);
        Assert.Equal(Content, await File.ReadAllBytesAsync(_cache.PathOf(Dictionary)));
    }

    [Theory]
    [InlineData(false, UnixFileMode.None)]
    [InlineData(true, UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)]
    public async Task Hold_Fetched_IsReadOnlyAndExecutableAsItWas(bool isExecutable, UnixFileMode executable)
    {
        _answers.Add(() => new MemoryStream(Content));
        await HoldAsync("job", Dictionary with { IsExecutable = isExecutable });

        var mode = File.GetUnixFileMode(_cache.PathOf(Dictionary with { IsExecutable = isExecutable }));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | executable, mode);
    }

    public static TheoryData<string, Func<Stream>> Faults => new()
    {
        { "cut short", () => new MemoryStream(Content, 0, Content.Length - 1) },
        { "too long", () => new MemoryStream([.. Content, .. Content]) },
        { "corrupt", () => new MemoryStream([.. Content[..^1], (byte)'x']) },
        { "broken", () => new FaultyStream(Content, new IOException("reset by peer")) },
        { "silent", () => new FaultyStream(Content, null) },
        { "away", () => throw new MasterUnavailableException("nobody answers") },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Hold_FaultyTransfer_IsTriedAgain(string what, Func<Stream> fault)
    {
        _answers.AddRange([fault, fault, () => new MemoryStream(Content)]);
        await HoldAsync("job");

        Assert.Equal((what, 3), (what, _opened));
        Assert.Equal(Content, await File.ReadAllBytesAsync(_cache.PathOf(Dictionary)));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Hold_FaultsAllTheTime_FailsTheAttemptAndLeavesNothing(string what, Func<Stream> fault)
    {
        _answers.AddRange(Enumerable.Repeat(fault, 5));
        var failed = await Assert.ThrowsAsync<AttemptFailedException>(() => HoldAsync("job"));

        Assert.Equal((what, FailureKind.Worker, false), (what, failed.Failure.Kind, failed.Failure.IsFinal));
        Assert.Contains("'dict'", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["files"]));

        // The next attempt begins anew.
        _answers.Add(() => new MemoryStream(Content));
        await HoldAsync("job");
    }

    [Fact]
    public async Task Hold_MasterHasItNoMore_FailsForGood()
    {
        _answers.Add(() => throw new MasterRefusedException(404, "submit the job again", []));
        var failed = await Assert.ThrowsAsync<AttemptFailedException>(() => HoldAsync("job"));

        Assert.Equal((FailureKind.User, true), (failed.Failure.Kind, failed.Failure.IsFinal));
        Assert.Contains("submit the job again", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_DiskIsFull_FailsTheAttemptUntilThereIsRoom()
    {
        _free = Content.Length + DiskGuard.Reserve - 1;
        var failed = await Assert.ThrowsAsync<AttemptFailedException>(() => HoldAsync("job"));
        Assert.Equal(FailureKind.Worker, failed.Failure.Kind);
        Assert.Contains("free some space", failed.Message, StringComparison.Ordinal);

        _free++;
        _answers.Add(() => new MemoryStream(Content));
        await HoldAsync("job");
    }

    [Fact]
    public async Task Hold_CannotBeWritten_FailsTheAttemptAtOnce()
    {
        Directory.CreateDirectory($"{_cache.PathOf(Dictionary)}.draft");
        _answers.Add(() => new MemoryStream(Content));
        var failed = await Assert.ThrowsAsync<AttemptFailedException>(() => HoldAsync("job"));

        Assert.Equal((FailureKind.Worker, 1), (failed.Failure.Kind, _opened));
    }

    [Fact]
    public async Task Hold_OneGivesUp_LeavesTheFileToTheOthers()
    {
        _time.Hurry = 1;
        var gate = new FaultyStream(Content, null) { Gate = new TaskCompletionSource() };
        _answers.Add(() => gate);
        using var leaving = new CancellationTokenSource();
        var first = _cache.HoldAsync("job", Dictionary, new AttemptProgress(), leaving.Token);
        var second = HoldAsync("job");
        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Gate.SetResult();
        await second;
        Assert.Equal(1, _opened);
    }

    [Fact]
    public async Task Hold_ProgramChangedTheFile_FetchesItAnew()
    {
        _answers.AddRange([() => new MemoryStream(Content), () => new MemoryStream(Content)]);
        await HoldAsync("job");
        var path = _cache.PathOf(Dictionary);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(path, new byte[Content.Length]);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        await HoldAsync("job");

        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task MakeRoom_FilesOfJobsThatRun_Stay()
    {
        var other = "other"u8.ToArray();
        _answers.AddRange([() => new MemoryStream(Content), () => new MemoryStream(other)]);
        await HoldAsync("one");
        await HoldAsync("one", FileOf(other));
        await HoldAsync("two", FileOf(other));
        Assert.False(_cache.MakeRoom());

        _cache.Release("one");
        Assert.True(File.Exists(_cache.PathOf(Dictionary)));
        Assert.True(_cache.MakeRoom());
        Assert.Equal([_cache.PathOf(FileOf(other))], Directory.GetFiles(_folder["files"]));
    }

    private static ShippedFile FileOf(byte[] content) => new("dict", Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, false);

    private Task HoldAsync(string job, ShippedFile? file = null) => _cache.HoldAsync(job, file ?? Dictionary, new AttemptProgress(), CancellationToken.None);

    private Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) => Task.FromResult(_answers[Interlocked.Increment(ref _opened) - 1]());

    /// <summary>Half of a content; then the fault, or silence until the gate opens and the rest comes.</summary>
    private sealed class FaultyStream(byte[] content, Exception? fault) : MemoryStream(content)
    {
        public TaskCompletionSource Gate { get; init; } = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length / 2 && fault is not null) throw fault;
            if (Position >= Length / 2) await Gate.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Its timers are due sooner.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public int Hurry { get; set; } = 100;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Hurry : dueTime, period);
    }
}

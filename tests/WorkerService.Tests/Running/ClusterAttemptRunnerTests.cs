using MapReduce;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;
using MapReduce.WorkerService.Files;
using MapReduce.WorkerService.Jobs;
using MapReduce.WorkerService.Running;
using MapReduce.WorkerService.Storage;
using Microsoft.Extensions.Logging;

namespace WorkerService.Tests.Running;

public sealed class ClusterAttemptRunnerTests
{
    private readonly Journal _log = new();
    private long _free = DiskGuard.Reserve;

    [Fact]
    public void Refusal_DiskFills_IsLoggedOnce()
    {
        var runner = Runner();
        _free = 0;
        for (var i = 0; i < 3; i++) Assert.NotNull(runner.Refusal);
        Assert.Contains("This worker takes no tasks: The disk of", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_DiskHasRoomAgain_IsLogged()
    {
        var runner = Runner();
        _free = 0;
        Assert.NotNull(runner.Refusal);
        _free = DiskGuard.Reserve;
        Assert.Null(runner.Refusal);
        Assert.Equal("This worker takes tasks again", _log.Lines[^1]);
    }

    private ClusterAttemptRunner Runner() => new(
        new NoRunner(),
        new AllowedPaths([], new FileOutputStore(PhysicalFileSystem.Instance, "/none", OutputDurability.Process)),
        new MemoryGuard(slots: 1, available: 1 << 30),
        new DiskGuard("/work", quota: 0, _ => _free),
        new ShuffleSecrets(),
        new JobPlans(new JobCatalog([]), streaming: null),
        new FileCache("/none/files", (_, _) => throw new NotSupportedException(), _ => _free, TimeProvider.System),
        _log);

    private sealed class NoRunner : IAttemptRunner
    {
        public Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Discard(TaskLease lease) => throw new NotSupportedException();

        public void DiscardJob(string jobId) => throw new NotSupportedException();
    }

    private sealed class Journal : ILogger<ClusterAttemptRunner>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using MapReduce.MasterService.Hosting;
using MapReduce.Output;
using MapReduce.Scheduling;
using MapReduce.Storage;
using MasterService.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MasterService.Tests.Hosting;

/// <summary>The service that ticks outlives whatever a tick meets.</summary>
public sealed class TickServiceTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapreduce-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog _log = new();
    private readonly BrokenStore _store;
    private readonly TickService _service;

    public TickServiceTests()
    {
        var store = DispatchProxy.Create<ITaskLeaseStore, BrokenStore>();
        _store = (BrokenStore)store;
        (_store.Inner, _store.Time) = (new InMemoryTaskLeaseStore(_time), _time);
        var files = PhysicalFileSystem.Instance;
        var coordinator = new JobCoordinator(
            store, new FileOutputStore(files, _folder, OutputDurability.Process), files, _folder, _ => throw new NotSupportedException(), _time, new Random(1));
        _service = new TickService(coordinator, _time, new Logger<TickService>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
    }

    public Task InitializeAsync() => _service.StartAsync(default);

    public async Task DisposeAsync()
    {
        await _service.StopAsync(default);
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _service.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Tick_StoreRefusesItsScript_IsSaidOnceAndTriedAgainEverMoreSeldom()
    {
        _store.Fails = true;
        await UntilAsync(() => _store.Ticks.Count > 6, "six ticks");
        var ticks = _store.Ticks.ToArray();
        var pauses = Enumerable.Range(2, 4).Select(i => ticks[i] - ticks[i - 1]).ToList();
        Assert.All(pauses.Zip((double[])[0.25, 0.5, 1, 2]), pause => Assert.InRange(pause.First.TotalSeconds, pause.Second, 60));
        Assert.Single(_log.Lines, line => line.Contains("no job can be driven", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tick_StoreTakesItsScriptAgain_GoesOn()
    {
        _store.Fails = true;
        await UntilAsync(() => _store.Ticks.Count > 3, "three ticks");
        _store.Fails = false;
        await UntilAsync(() => _log.Lines.Any(line => line.Contains("all jobs can be driven again", StringComparison.Ordinal)), "a tick that succeeds");
    }

    private Task UntilAsync(Func<bool> holds, string what) => Eventually.HoldsAsync(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(250));
        return Task.FromResult(holds());
    }, what);

    /// <summary>A store in memory whose list of jobs may be refused.</summary>
    public class BrokenStore : DispatchProxy
    {
        internal InMemoryTaskLeaseStore Inner { get; set; } = null!;
        internal FakeTimeProvider Time { get; set; } = null!;
        internal volatile bool Fails;

        /// <summary>When each tick began.</summary>
        internal ConcurrentQueue<DateTimeOffset> Ticks { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ITaskLeaseStore.ReapAsync)) Ticks.Enqueue(Time.GetUtcNow());
            if (Fails && targetMethod.Name == nameof(ITaskLeaseStore.ActiveAsync)) throw new InvalidOperationException("WRONGTYPE Operation against a key");
            return targetMethod.Invoke(Inner, args);
        }
    }
}

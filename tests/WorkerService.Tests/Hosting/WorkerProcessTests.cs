using System.Runtime.InteropServices;
using MapReduce.Protocol;
using MapReduce.Remote;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Hosting;

/// <summary>Workers as processes of their own, against a master that is one, too.</summary>
public sealed class WorkerProcessTests : IAsyncLifetime
{
    private static readonly StepShape Whole = new(HasReduce: true, IsSampled: false, Folds: false);

    private readonly List<ServiceProcess> _processes = [];
    private TempFolder _folder = null!;
    private ClusterClient _client = null!;
    private Uri _master = null!;

    public async Task InitializeAsync()
    {
        _folder = Open();
        var master = Start("MapReduce.MasterService.dll", ("MapReduce__DataFolder", _folder["data"]));
        _master = await master.AddressAsync();
        _client = Connect(_master);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_TwoWorkersThatFetchOverHttp_CountAcrossThem()
    {
        for (var i = 0; i < 8; i++) _folder.File($"in/{i}.txt", "a b a\n");
        StartWorker();
        StartWorker();
        var job = await _client.SubmitAsync(Spec("wc") with { SplitSize = 6, Reducers = 2 });
        Assert.Equal(JobState.Succeeded, (await _client.WaitAsync(job.JobId)).State);
        Assert.Equal(["a\t16", "b\t8"], Directory.GetFiles(_folder["out"], "part-*").SelectMany(File.ReadAllLines).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sigterm_IdleWorker_LeavesAndDeletesItsFolder()
    {
        var worker = StartWorker();
        await WaitForWorkersAsync(1);
        worker.Signal(PosixSignal.SIGTERM);
        Assert.Equal((0, 0), (await worker.ExitCodeAsync(), Directory.GetDirectories(_folder["work"]).Length));
    }

    [Fact]
    public async Task Sigterm_WithARunningTask_FinishesItFirst()
    {
        _folder.File("in/a.txt", "one\n");
        var worker = StartWorker();
        var job = await _client.SubmitAsync(Spec("nap") with { Options = """{"mapMs":2000}""" });
        await WaitForAttemptAsync(job.JobId);
        worker.Signal(PosixSignal.SIGTERM);
        await WaitForNoAttemptAsync(job.JobId);
        Assert.Equal(1, (await _client.StatusAsync(job.JobId)).Tasks[TaskKind.Map].Done);
        worker.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task SecondSigterm_WithARunningTask_GivesItBackAtOnce()
    {
        _folder.File("in/a.txt", "one\n");
        var worker = StartWorker();
        var job = await _client.SubmitAsync(Spec("nap") with { Options = """{"mapMs":600000}""" });
        await WaitForAttemptAsync(job.JobId);
        worker.Signal(PosixSignal.SIGTERM);
        worker.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await worker.ExitCodeAsync());
        await WaitForNoAttemptAsync(job.JobId);
    }

    [Fact]
    public async Task Start_AfterAKilledWorker_SweepsItsFolderAndTakesItOffTheList()
    {
        var killed = StartWorker();
        await WaitForWorkersAsync(1);
        var folder = Assert.Single(Directory.GetDirectories(_folder["work"]));
        killed.Kill();
        await killed.ExitCodeAsync();
        StartWorker();
        await UntilAsync(async () => (await _client.WorkersAsync()).Select(worker => worker.Registration.Id).All(id => id != Path.GetFileName(folder)));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Start_WrongOptions_SaysAllAndEndsWith2()
    {
        var worker = Start("MapReduce.WorkerService.dll", ("MapReduce__Worker__Slots", "0"), ("MapReduce__Worker__Quota", "-1"));
        Assert.Equal(2, await worker.ExitCodeAsync());
        Assert.All(["MapReduce:Worker:Master", "MapReduce:Worker:Slots", "MapReduce:Worker:Quota"], option => Assert.Contains(option, worker.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AddressOfHealthTaken_SaysWhatToSetAndEndsWith2()
    {
        var worker = Start("MapReduce.WorkerService.dll", ("services__master__http__0", _master.ToString()), ("ASPNETCORE_URLS", _master.ToString().TrimEnd('/')));
        Assert.Equal(2, await worker.ExitCodeAsync());
        Assert.Contains("Set ASPNETCORE_URLS", worker.Text, StringComparison.Ordinal);
    }

    private static TempFolder Open() => new();

    private static ClusterClient Connect(Uri master) => new(new ClusterClientOptions { Masters = MasterAddresses.Parse(master.ToString()) });

    private JobSpec Spec(string job) => new() { Job = job, Inputs = [_folder["in"]], Output = _folder["out"], MemoryPerSlot = 16 << 20, Steps = [Whole] };

    private ServiceProcess StartWorker() => Start(
        "MapReduce.WorkerService.dll",
        ("services__master__http__0", _master.ToString()),
        ("MapReduce__Worker__Slots", "1"),
        ("MapReduce__Worker__WorkDirectory", _folder.Folder("work")),
        ("MapReduce__Worker__AlwaysFetchOverHttp", "true"),
        ("MapReduce__Worker__JobAssemblies__0", Path.Combine(AppContext.BaseDirectory, "MapReduce.TestJobs.dll")));

    private ServiceProcess Start(string assembly, params (string, string)[] environment)
    {
        var process = ServiceProcess.Start(assembly, environment);
        _processes.Add(process);
        return process;
    }

    private Task WaitForWorkersAsync(int count) => UntilAsync(async () => (await _client.WorkersAsync()).Count >= count);

    // A lease that was granted may still be on its way to the worker: only the attempt's folder shows that it began.
    private Task WaitForAttemptAsync(string jobId) => UntilAsync(() => Task.FromResult(Directory.GetDirectories(_folder["work"]).Any(worker => Directory.Exists(Path.Combine(worker, jobId)))));

    private Task WaitForNoAttemptAsync(string jobId) => UntilAsync(async () => (await _client.StatusAsync(jobId)).Tasks[TaskKind.Map].Running == 0);

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(ServiceProcess.Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested) Assert.Fail("It did not come to pass. " + string.Join("\n", _processes.Select(process => process.Text)));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}

using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Scheduling.Journal;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Scheduling;

public sealed class JobHistoryTests : IDisposable
{
    private readonly CoordinatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Trim_EndedAnHourAgo_KeepsTheLastToEnd()
    {
        await EndedAsync("a");
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        var last = await EndedAsync("b");
        _bench.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, _bench.Master.TrimHistory(1, TimeSpan.MaxValue));
        Assert.Equal([last], await JobsAsync());
    }

    [Fact]
    public async Task Trim_TooOld_Goes()
    {
        await EndedAsync("a");
        _bench.Time.Advance(TimeSpan.FromDays(8));
        _bench.Master.TrimHistory(100, TimeSpan.FromDays(7));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_bench.Folder, "jobs")));
    }

    [Fact]
    public async Task Trim_EndedWithinTheHour_Stays()
    {
        var job = await EndedAsync("a");
        _bench.Time.Advance(TimeSpan.FromMinutes(59));
        _bench.Master.TrimHistory(0, TimeSpan.Zero);
        Assert.Equal([job], await JobsAsync());
    }

    [Fact]
    public async Task Trim_Running_Stays()
    {
        var job = await _bench.SubmitAsync();
        _bench.Time.Advance(TimeSpan.FromDays(8));
        _bench.Master.TrimHistory(0, TimeSpan.Zero);
        Assert.Equal([job], await JobsAsync());
    }

    [Fact]
    public async Task Trim_MasterDiedHalfWay_FinishesAndRunsNothingAgain()
    {
        var job = await EndedAsync("a");
        File.Delete(Path.Combine(_bench.Folder, "jobs", job, "job"));
        await _bench.Another().TickAsync(default);
        _bench.Master.TrimHistory(0, TimeSpan.Zero);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_bench.Folder, "jobs")));
    }

    // Between the look at the jobs and the removal of one, another master may have removed it, and a user started it anew.
    [Fact]
    public async Task Remove_NewerJobOfTheSameId_Stays()
    {
        var job = await EndedAsync("a");
        var journal = new JobJournal(PhysicalFileSystem.Instance, _bench.Folder, isDurable: false);
        journal.Remove(job);
        _bench.Store.Wipe();
        _bench.Output.Forget();
        await _bench.SubmitAsync(CoordinatorBench.Spec("/a"), "a");
        journal.Remove(job);
        Assert.NotNull(journal.Find(job));
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        Assert.Equal(JobState.Succeeded, (await _bench.StatusAsync(job)).State);
    }

    [Fact]
    public async Task Remove_AnotherMasterWasFasterAndTheJobWasStartedAnew_LeavesTheNewFiles()
    {
        var job = await EndedAsync("a");
        var folder = Path.Combine(_bench.Folder, "jobs", job);
        var isFrozen = false;
        new JobJournal(new RefusingFileSystem(path => path == folder && Meanwhile()), _bench.Folder, isDurable: false).Remove(job);
        Assert.True(isFrozen);
        Assert.Equal([Path.Combine(folder, "plan")], Directory.GetFiles(folder));

        bool Meanwhile()
        {
            isFrozen = true;
            new JobJournal(PhysicalFileSystem.Instance, _bench.Folder, isDurable: false).Remove(job);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "plan"), "new");
            return false;
        }
    }

    [Fact]
    public async Task Jobs_AnotherMasterTrimmed_ForgetsThem()
    {
        await EndedAsync("a");
        await JobsAsync();
        _bench.Time.Advance(TimeSpan.FromDays(8));
        _bench.Another().TrimHistory(0, TimeSpan.Zero);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task Submit_KeyOfATrimmedJob_RunsAnew()
    {
        await EndedAsync("a");
        _bench.Time.Advance(TimeSpan.FromDays(8));
        _bench.Master.TrimHistory(0, TimeSpan.Zero);
        _bench.Store.Wipe();
        _bench.Output.Forget();
        var again = await _bench.SubmitAsync(CoordinatorBench.Spec("/a"), "a");
        Assert.Equal(JobState.Mapping, (await _bench.StatusAsync(again)).State);
    }

    // A submit that is sent again, because a master is held up with the first, is as good as the first.
    [Fact]
    public async Task Submit_HeldUpUntilTheJobEnded_FindsItAndLeavesIt()
    {
        var began = _bench.Time.GetUtcNow();
        var files = new HeldUpFileSystem("ended", () =>
        {
            EndedAsync("a").GetAwaiter().GetResult();
            _bench.Time.Advance(TimeSpan.FromMinutes(1));
        });
        var heldUp = new JobCoordinator(_bench.Store, _bench.Output, files, _bench.Folder, _ => _bench.Plan, _bench.Time, new Random(CoordinatorBench.Seed));
        var job = await heldUp.SubmitAsync(CoordinatorBench.Spec("/a"), "a", JobOrigin.Unknown, default);
        Assert.Equal(began, (await _bench.StatusAsync(job)).EndedAt);
    }

    private async Task<IEnumerable<string>> JobsAsync() => (await _bench.Master.JobsAsync(new JobFilter(), default)).Jobs.Select(job => job.JobId);

    private async Task<string> EndedAsync(string key)
    {
        var job = await _bench.SubmitAsync(CoordinatorBench.Spec("/" + key), key);
        await _bench.RunAllAsync();
        await _bench.TickAsync();
        return job;
    }

    /// <summary>Lets something happen when a file is first looked for.</summary>
    private sealed class HeldUpFileSystem(string name, Action meanwhile) : FilteredFileSystem
    {
        private bool _wasHeldUp;

        public override FileEntry? Find(string path)
        {
            if (!_wasHeldUp && Path.GetFileName(path) == name)
            {
                _wasHeldUp = true;
                meanwhile();
            }

            return base.Find(path);
        }
    }
}

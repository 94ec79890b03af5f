using MapReduce;
using MapReduce.Jobs;
using MapReduce.WorkerService.Hosting;
using MapReduce.WorkerService.Jobs;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Jobs;

public sealed class TrustedJobsTests
{
    private static readonly string Trusted = Path.Combine(AppContext.BaseDirectory, "MapReduce.TestJobs.dll");

    [Fact]
    public void Load_NoAssemblies_GivesBuiltInJobs() => Assert.Equal(BuiltInJobs.Catalog.Jobs, TrustedJobs.Load(BuiltInJobs.Catalog, []).Jobs);

    [Fact]
    public void Load_TrustedAssembly_AddsItsJobs() => Assert.True(TrustedJobs.Load(BuiltInJobs.Catalog, [Trusted]).TryFind("jobcount", out _));

    [Fact]
    public void Load_NameOfABuiltInJob_NamesBothOwners()
    {
        var catalog = new JobCatalog(TrustedJobs.Load(new JobCatalog(), [Trusted]).Jobs);
        var clash = Assert.Throws<WorkerStartException>(() => TrustedJobs.Load(catalog, [Trusted]));
        Assert.Matches("^Job '.+' of '.+MapReduce.TestJobs.dll' has the name of one of the built-in jobs: rename", clash.Message);
    }

    [Fact]
    public void Load_AssemblyWithoutJobs_SaysHowToNameOne() =>
        Assert.Contains("public static property", Assert.Throws<WorkerStartException>(() => TrustedJobs.Load(new JobCatalog(), [typeof(FactAttribute).Assembly.Location])).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_FileThatIsNoAssembly_NamesIt()
    {
        using var folder = new TempFolder();
        var path = folder.File("jobs.dll", "not an assembly");
        Assert.Contains($"'{path}' cannot be loaded", Assert.Throws<WorkerStartException>(() => TrustedJobs.Load(new JobCatalog(), [path])).Message, StringComparison.Ordinal);
    }
}

using MapReduce.Jobs;

namespace Jobs.Tests;

public sealed class BuiltInJobsTests
{
    [Fact]
    public void Catalog_Jobs_AreAllThere() =>
        Assert.Equal(["wordcount", "grep", "inverted-index", "sort", "distinct", "histogram", "sessions", "join", "top", "pagerank"], BuiltInJobs.Catalog.Jobs.Select(job => job.Name));

    [Fact]
    public void Catalog_Options_AreDescribed() =>
        Assert.All(BuiltInJobs.Catalog.Jobs.SelectMany(job => job.Options), option => Assert.NotEmpty(option.Description));
}

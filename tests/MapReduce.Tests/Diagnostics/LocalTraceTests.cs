using System.Diagnostics;
using MapReduce.Tests.Local;

namespace MapReduce.Tests.Diagnostics;

public sealed class LocalTraceTests
{
    [Fact]
    public async Task Run_SomebodyListens_IsOneTraceFromJobToPhases()
    {
        using var spans = new Spans();
        using var fixture = new LocalFixture();
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        await fixture.RunAsync(LocalFixture.WordCount());
        string[] expected = ["commit", "fetch", "job wordcount", "map", "merge", "read", "reduce", "sort", "spill", "write"];
        Assert.Equal(expected, spans.Of(caller.Id!).Select(span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
    }
}

using EndToEnd.Support;
using ServiceDefaults.Tests.Otlp;

namespace EndToEnd.Tracing;

/// <summary>A run in one process is one trace: the command, its job, the attempts.</summary>
[Collection(TextTests.Name)]
public sealed class CommandTraceTests(Texts texts) : IAsyncLifetime
{
    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await OtlpReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task Run_Exported_HasTheCommandAsItsRoot()
    {
        await RunAsync("wordcount");
        Assert.Equal(("mapreduce run wordcount", "mapreduce", "MapReduce.Cli"), (Root.Name, Root.Service, Root.Source));
    }

    [Fact]
    public async Task Run_Exported_IsOneTraceOfJobAndAttempts()
    {
        await RunAsync("wordcount");
        var job = _receiver.Spans.Single(span => span.Name == "job wordcount");
        Assert.Equal(Root.SpanId, job.ParentId);
        Assert.Equal(["commit", "map", "reduce"], _receiver.Spans.Where(span => span.ParentId == job.SpanId).Select(span => span.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(_receiver.Spans, span => Assert.Equal(Root.TraceId, span.TraceId));
    }

    [Fact]
    public async Task Run_Exported_TellsJobOutcomeAndExitCode()
    {
        await RunAsync("wordcount");
        var job = _receiver.Spans.Single(span => span.Name == "job wordcount").Attributes["mapreduce.job.id"];
        Assert.Equal((job, "succeeded", "0"), Outcome(Root));
        Assert.Equal(OtlpStatus.Unset, Root.Status);
    }

    [Fact]
    public async Task Run_Exported_ShowsTheTrace()
    {
        var ended = await RunAsync("wordcount");
        Assert.Contains($"  trace     {Root.TraceId}\n", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Refused_IsASpanWithTheError()
    {
        await RunAsync("no-such-job");
        Assert.Equal((null, "not-found", "4"), Outcome(Root));
        Assert.Equal(OtlpStatus.Error, Root.Status);
    }

    [Fact]
    public async Task Submit_NoMaster_IsASpanWithTheExitCode()
    {
        await RunAsync("submit", "wordcount", "--master", "http://127.0.0.1:9");
        Assert.Equal(("mapreduce submit wordcount", "3", OtlpStatus.Error), (Root.Name, Root.Attributes["process.exit.code"], Root.Status));
    }

    private OtlpSpan Root => _receiver.Spans.Single(span => span.ParentId.Length == 0);

    private static (string? Job, string Outcome, string ExitCode) Outcome(OtlpSpan span) =>
        (span.Attributes.GetValueOrDefault("mapreduce.job.id"), span.Attributes["mapreduce.outcome"], span.Attributes["process.exit.code"]);

    private Task<Ended> RunAsync(string job) => RunAsync("run", job);

    // All spans have been sent when the command ends.
    private Task<Ended> RunAsync(string command, string job, params IEnumerable<string> more) =>
        Programs.EndAsync(Programs.MapReduce(_receiver.Variables, [command, job, texts.Generated.Folder, "--output", texts.NewOutput(), "--reducers", "1", .. more]));
}

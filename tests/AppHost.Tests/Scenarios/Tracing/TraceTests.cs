using AppHost.Tests.Support;
using MapReduce.Scheduling;
using ServiceDefaults.Tests.Otlp;

namespace AppHost.Tests.Scenarios.Tracing;

/// <summary>A job is one trace, from the one who submits it to every attempt on every worker, and the trace holds no secret.</summary>
[Collection(ClusterTests.Name)]
public sealed class TraceTests(TestCluster cluster, TracedJob traced) : IClassFixture<TracedJob>
{
    [Fact]
    public void Job_Ended_NamesTheSubmittersTrace() => Assert.Equal(traced.Trace, traced.Job.TraceId);

    [Fact]
    public void Spans_OfTheJob_AreAllOfThatTrace() =>
        Assert.All(cluster.Telemetry.Spans.Where(span => span.Attributes.GetValueOrDefault("mapreduce.job.id") == traced.Job.JobId), span => Assert.Equal(traced.Trace, span.TraceId));

    [Fact]
    public void Spans_WithoutParentAmongThem_AreChildrenOfTheSubmitters()
    {
        var known = traced.Spans.Select(span => span.SpanId).ToHashSet();
        Assert.All(traced.Spans.Where(span => !known.Contains(span.ParentId)), span => Assert.Equal(traced.Submitter, span.ParentId));
    }

    [Fact]
    public void JobSpan_OfTheMaster_IsTheParentOfEveryAttempt()
    {
        Assert.Equal("master", traced.JobSpan.Service);
        Assert.All(traced.Attempts, span => Assert.Equal((traced.JobSpan.SpanId, "worker"), (span.ParentId, span.Service)));
    }

    [Fact]
    public void Attempts_ThatEnded_HaveASpanEach() =>
        Assert.Subset(traced.Attempts.Select(TracedJob.NameOf).ToHashSet(), traced.Named(AttemptEventKind.Committed, AttemptEventKind.Failed).ToHashSet());

    [Fact]
    public void MapAttempts_ThatWon_HavePhases() =>
        Assert.All(traced.Winners.Where(span => span.Name == "map"), span => Assert.Equal(["read", "map", "sort", "spill"], Phases(span)));

    [Fact]
    public void ReduceAttempts_ThatWon_HavePhases() =>
        Assert.All(traced.Winners.Where(span => span.Name == "reduce"), span => Assert.Equal(["fetch", "merge", "reduce", "write"], Phases(span)));

    [Fact]
    public void FailedAttempt_OneOfAll_HasStatusError() =>
        Assert.Equal(traced.Named(AttemptEventKind.Failed), [TracedJob.NameOf(Assert.Single(traced.Attempts, span => span.Status == OtlpStatus.Error))]);

    [Fact]
    public void BackupAttempt_OneOfAll_SaysSo() =>
        Assert.Equal(traced.Named(AttemptEventKind.Backup), [TracedJob.NameOf(Assert.Single(traced.Attempts, span => span.Attributes["mapreduce.backup"] == "true"))]);

    [Fact]
    public void Commit_OfTheMaster_IsAChildOfTheJob()
    {
        var commit = Assert.Single(traced.Spans, span => span.Name == "commit");
        Assert.Equal((traced.JobSpan.SpanId, "master"), (commit.ParentId, commit.Service));
    }

    [Fact]
    public void ReduceAttempts_ThatWon_LinkToTheMapsTheyRead()
    {
        var maps = traced.Winners.Where(span => span.Name == "map").Select(span => span.SpanId).Order().ToList();
        Assert.Equal(TracedJob.Maps, maps.Count);
        Assert.All(traced.Winners.Where(span => span.Name == "reduce"), span => Assert.Equal(maps, span.Links.Select(link => link.SpanId).Order()));
    }

    [Fact]
    public async Task Command_RunsAJob_IsTheRootOfTheTraceThatItPrints()
    {
        var output = await cluster.Command.With(cluster.Telemetry.Variables).RunAsync(
            "run", "wordcount", cluster.Lines("words", 50), "--output", Path.Combine(cluster.NewFolder("out"), "counts"));
        var job = (await cluster.Client.ListAsync()).Jobs[0];
        Assert.Contains(job.TraceId!, output);
        await cluster.Telemetry.WaitForAsync(told => told.Spans.Any(span => span.TraceId == job.TraceId && span.Name == "job wordcount") && told.Spans.Any(span => span.TraceId == job.TraceId && span.Name == "POST /v1/jobs"));
        var spans = cluster.Telemetry.Spans.Where(span => span.TraceId == job.TraceId).ToList();
        var root = Assert.Single(spans, span => spans.TrueForAll(other => other.SpanId != span.ParentId));
        Assert.Equal(("mapreduce run wordcount", "mapreduce", ""), (root.Name, root.Service, root.ParentId));
    }

    [Fact]
    public void RequestsOfWorkers_AndOfTheClient_AreNotRecorded() =>
        Assert.DoesNotContain(cluster.Telemetry.Spans, span => span.Name.StartsWith("POST /v1/leases", StringComparison.Ordinal) || span.Name.StartsWith("GET ", StringComparison.Ordinal));

    [Fact]
    public void Telemetry_OfTheWholeCluster_HoldsNoSecret()
    {
        var told = string.Join('\n', [.. cluster.Telemetry.Spans.Select(Text), .. cluster.Telemetry.Logs.Select(Text), cluster.Cluster.Output]);
        Assert.All(Secrets.Of(cluster.Cluster, traced.Job.JobId), secret => Assert.DoesNotContain(secret.Value, told, StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<string> Phases(OtlpSpan attempt) =>
        traced.Spans.Where(span => span.ParentId == attempt.SpanId).OrderBy(span => span.StartNanos).Select(span => span.Name);

    private static string Text(OtlpSpan span) =>
        $"{span.Name} {string.Join(' ', span.Attributes)} {string.Join(' ', span.Events.Select(told => $"{told.Name} {string.Join(' ', told.Attributes)}"))}";

    private static string Text(OtlpLog log) => $"{log.Body} {string.Join(' ', log.Attributes)}";
}

using System.Diagnostics;
using AppHost.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Scheduling;
using ServiceDefaults.Tests.Otlp;

namespace AppHost.Tests.Scenarios.Tracing;

/// <summary>A job with an attempt that fails and one that hangs until a backup attempt has overtaken it, run once, and all that was told of it.</summary>
public sealed class TracedJob(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>Map tasks of the job.</summary>
    internal const int Maps = 12;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    /// <summary>The span of the one who submitted the job, which sends no telemetry itself.</summary>
    internal string Submitter { get; } = ActivitySpanId.CreateRandom().ToHexString();

    internal JobStatus Job { get; private set; } = null!;

    /// <summary>The job's ledger.</summary>
    internal IReadOnlyList<AttemptEvent> Ledger { get; private set; } = [];

    internal string Trace => _trace.ToHexString();

    /// <summary>All spans of the trace.</summary>
    internal IReadOnlyList<OtlpSpan> Spans => [.. cluster.Telemetry.Spans.Where(span => span.TraceId == Trace)];

    /// <summary>The spans of attempts.</summary>
    internal IReadOnlyList<OtlpSpan> Attempts => [.. Spans.Where(span => span.Attributes.ContainsKey("mapreduce.token"))];

    /// <summary>The spans of the attempts that won.</summary>
    internal IReadOnlyList<OtlpSpan> Winners => [.. Attempts.Where(span => Named(AttemptEventKind.Committed).Contains(NameOf(span)))];

    /// <summary>The one span of the job itself.</summary>
    internal OtlpSpan JobSpan => Assert.Single(Spans, span => span.Name.StartsWith("job ", StringComparison.Ordinal));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var lines = Enumerable.Range(1, Maps - 2).Select(number => $"line-{number:D5}").Append("fail once ").Append("hang once ");
        var options = new Dictionary<string, string> { ["marks"] = cluster.NewFolder("marks") };
        var submitted = await cluster.SubmitAsync(
            "script", [cluster.WriteLines("script", lines)], options, spec => spec with { Lease = Lease }, $"00-{Trace}-{Submitter}-01");
        Job = await cluster.Client.WaitAsync(submitted.JobId);
        Assert.True(Job.State == JobState.Succeeded, $"Job {Job.JobId} is {Job.State}: {Job.Error}\n{cluster.Cluster.Output}");
        Ledger = (await cluster.Client.AttemptsAsync(Job.JobId)).Events;
        // The attempt that hangs hears only with its next heartbeat that it has lost.
        await cluster.Telemetry.WaitForAsync(_ => Named(AttemptEventKind.Committed, AttemptEventKind.Failed).All(Attempts.Select(NameOf).Contains) && Spans.Any(span => span.Name == "commit"));
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The attempts that the ledger tells something of, as <see cref="NameOf"/> names them.</summary>
    internal IReadOnlyList<string> Named(params AttemptEventKind[] kinds) =>
        [.. Ledger.Where(told => kinds.Contains(told.Kind)).Select(told => $"{told.Task} {told.Token}").Distinct()];

    /// <summary>The attempt whose span this is: tokens tell the attempts of one task apart, and no others.</summary>
    internal static string NameOf(OtlpSpan span) => $"{span.Attributes["mapreduce.task.id"]} {span.Attributes["mapreduce.token"]}";
}

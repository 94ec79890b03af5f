using System.Net;
using System.Text;
using System.Text.Json;
using App.Tests.Support;
using Cli.Tests.Support;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;
using MapReduce.Scheduling;

namespace Cli.Tests.Cluster;

/// <summary>A master with one worker that takes any job as <c>j1</c>.</summary>
public abstract class ClusterFixture : IDisposable
{
    protected const string Url = "http://127.0.0.1:5080";

    private protected TestHost Host { get; } = new();

    private protected FakeMaster Master => Host.Master;

    private protected TemporaryDirectory Directory { get; } = new();

    protected ClusterFixture()
    {
        Host.Environment["MAPREDUCE_MASTER"] = Url;
        // The token file of whoever runs the tests is none of theirs.
        Host.Environment["XDG_STATE_HOME"] = Directory.Path;
        Master.On("GET /v1/workers", new WorkerListMessage([new WorkerView(new WorkerRegistration("w1", 3, "http://h:1"), true, false, TimeSpan.FromSeconds(2))]), WireJson.Default.WorkerListMessage);
        Master.On("POST /v1/jobs", Running, WireJson.Default.JobStatus);
        Show(Running);
        Master.On("GET /v1/jobs/j1/output", new OutputMessage("/out", [new OutputFile("part-r-00000", 512, 1, 0)]), WireJson.Default.OutputMessage);
    }

    private protected static JobStatus Running => Statuses.Of(JobState.Mapping, mapProgress: 0.5) with { TraceId = "0af7651916cd43dd8448eb211c80319c" };

    private protected static JobStatus Ended(JobStatus status) => status with { EndedAt = status.SubmittedAt.AddSeconds(90), TraceId = Running.TraceId };

    /// <summary>What the job's events tell.</summary>
    private protected void Events(params JobStatus[] statuses)
    {
        var text = new StringBuilder();
        foreach (var status in statuses) text.Append($"event: status\nid: {text.Length}\ndata: {JsonSerializer.Serialize(status, WireJson.Default.JobStatus)}\n\n");
        Master.On("GET /v1/jobs/j1/events", HttpStatusCode.OK, text.ToString(), "text/event-stream");
    }

    private protected void Show(JobStatus status) => Master.On(
        "GET /v1/jobs/j1",
        new JobMessage(status, new SpecMessage("wordcount", ["/in"], "/out", [new StepShape(true, false, true)]), ["2 empty files were left out"]),
        WireJson.Default.JobMessage);

    /// <summary>The stream of events opens and stays silent.</summary>
    private protected TaskCompletionSource EventsHang()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Master.On("GET /v1/jobs/j1/events", async cancellationToken =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        });
        return asked;
    }

    public void Dispose()
    {
        Host.Dispose();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }
}

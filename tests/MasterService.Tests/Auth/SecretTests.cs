using System.Diagnostics;
using MasterService.Tests.Support;

namespace MasterService.Tests.Auth;

public sealed class SecretTests
{
    private const string Submit = "submit-0123456789abcdef", Worker = "worker-0123456789abcdef";

    [Fact]
    public async Task Secrets_InLogsAndTracesOfAWholeJob_AreNone()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await MasterHost.StartAsync(new Dictionary<string, string?> { ["MapReduce:Tokens:Submit"] = Submit, ["MapReduce:Tokens:Worker"] = Worker });
        await host.NewClient(Submit).SubmittedAsync(host.Spec());
        var worker = new PretendWorker(host, host.NewWorkerClient(Worker));
        await worker.RegisterAsync();
        var lease = await worker.ClaimAsync();
        await worker.FinishAsync(lease);

        string written;
        lock (spans) written = string.Join('\n', [.. host.Log.Lines, .. spans.SelectMany(span => span.TagObjects.Select(tag => $"{span.DisplayName} {tag}"))]);
        string[] secrets = [Submit, Worker, lease.ShuffleSecret!];
        Assert.DoesNotContain(secrets, written.Contains);
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Tests.Otlp;
using ServiceDefaults.Tests.Support;

namespace ServiceDefaults.Tests.Telemetry;

public sealed partial class MetricsAndLogsTests
{
    [Theory]
    [InlineData("http.server.request.duration")]
    [InlineData("http.client.request.duration")]
    [InlineData("kestrel.active_connections")]
    [InlineData("dotnet.gc.collections")]
    public async Task Metrics_OfRuntimeAndWeb_Arrive(string name)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Variables);
        GC.Collect();
        await service.Client.GetAsync("/alive");
        await receiver.WaitForAsync(got => got.Metrics.Any(metric => metric.Name == name));
    }

    [Fact]
    public async Task Metrics_OfTheEngine_Arrive()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Variables);
        using var meter = new Meter("MapReduce");
        meter.CreateCounter<long>("mapreduce.lease.expired", "{lease}").Add(1);
        await receiver.WaitForAsync(got => got.Metrics.Any(metric => metric is { Meter: "MapReduce", Name: "mapreduce.lease.expired", Unit: "{lease}" }));
    }

    [Fact]
    public async Task Logs_Written_ArriveWithMessageAndAttributes()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Variables);
        var log = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MapReduce.Tests");
        JobSubmitted(log, "j-1");
        await receiver.WaitForAsync(got => got.Logs.Any(written => written is { Category: "MapReduce.Tests", Body: "job j-1 submitted" } && written.Attributes["JobId"] == "j-1"));
    }

    [Fact]
    public async Task Service_WithoutName_IsCalledAsTheProgram()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Variables);
        await receiver.WaitForAsync(got => got.Metrics.Count > 0);
        var program = service.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        Assert.All(receiver.Metrics, metric => Assert.Equal(program, metric.Service));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "job {JobId} submitted")]
    private static partial void JobSubmitted(ILogger log, string jobId);
}

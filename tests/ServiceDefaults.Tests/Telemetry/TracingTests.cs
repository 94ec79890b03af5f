using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Tests.Otlp;
using ServiceDefaults.Tests.Support;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class TracingTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Span_OfRequestWithRoute_IsNamedByTheRoute() =>
        Assert.Equal("GET /jobs/{id}", (await SpanOfAsync("/jobs/7")).Name);

    [Fact]
    public async Task Span_OfRequestWithRoute_CarriesTheRoute() =>
        Assert.Equal("/jobs/{id}", (await SpanOfAsync("/jobs/7")).Attributes["http.route"]);

    [Fact]
    public async Task Span_OfRequest_CarriesTheStatusCode() =>
        Assert.Equal("200", (await SpanOfAsync("/jobs/7")).Attributes["http.response.status_code"]);

    [Fact]
    public async Task Span_OfRequest_CarriesTheMethod() =>
        Assert.Equal("GET", (await SpanOfAsync("/jobs/7")).Attributes["http.request.method"]);

    [Fact]
    public async Task Span_OfUnknownAddress_IsNamedByTheMethod() => Assert.Equal("GET", (await SpanOfAsync("/nowhere")).Name);

    [Fact]
    public async Task Span_OfNotFound_IsNoError() => Assert.Equal(OtlpStatus.Unset, (await SpanOfAsync("/nowhere")).Status);

    [Fact]
    public async Task Span_OfRequestWithTraceparent_ContinuesTheTrace()
    {
        var span = await SpanOfAsync("/jobs/7");
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (span.TraceId, span.ParentId));
    }

    [Fact]
    public async Task Span_OfRequest_HasTheSourcesNameAndKind()
    {
        var span = await SpanOfAsync("/jobs/7");
        Assert.Equal(("Microsoft.AspNetCore", OtlpSpanKind.Server), (span.Source, span.Kind));
    }

    [Fact]
    public async Task Span_OfRequest_NamesTheService() => Assert.Equal("tested", (await SpanOfAsync("/jobs/7")).Service);

    [Fact]
    public async Task Span_OfUnhandledException_IsAnErrorWithStatus500()
    {
        var span = await SpanOfAsync("/broken");
        Assert.Equal((OtlpStatus.Error, "500"), (span.Status, span.Attributes["http.response.status_code"]));
    }

    [Fact]
    public async Task Span_OfUnhandledException_RecordsTheException()
    {
        var span = await SpanOfAsync("/broken");
        Assert.Equal("no such luck", Assert.Single(span.Events).Attributes["exception.message"]);
    }

    [Fact]
    public async Task Span_OfHandledException_KeepsTheRouteAndRecordsTheException()
    {
        var span = await SpanOfAsync("/broken", handler: true);
        Assert.Equal(("GET /broken", "no such luck"), (span.Name, Assert.Single(span.Events).Attributes["exception.message"]));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Span_OfHealthCheck_IsDropped(string path)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver);
        await GetAsync(service, path);
        await GetAsync(service, "/jobs/7");
        await StopAsync(service, receiver);
        Assert.Equal("GET /jobs/{id}", Assert.Single(receiver.Spans).Name);
    }

    [Fact]
    public async Task Span_OfCallInsideATrace_IsTheParentOfTheOtherSide()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver);
        using var activity = new Activity("job").SetParentId(Parent).Start();
        await service.Client.GetAsync("/jobs/7");
        await receiver.WaitForAsync(got => got.Spans.Count == 2);
        var client = receiver.Spans.Single(span => span.Kind == OtlpSpanKind.Client);
        Assert.Equal(client.SpanId, receiver.Spans.Single(span => span.Kind == OtlpSpanKind.Server).ParentId);
    }

    [Fact]
    public async Task Span_OfCallOutsideOfAnyTrace_IsDroppedOnBothSides()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver);
        await service.Client.GetAsync("/jobs/poll");
        await GetAsync(service, "/jobs/7");
        await StopAsync(service, receiver);
        Assert.All(receiver.Spans, span => Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.TraceId));
    }

    [Fact]
    public async Task Span_OfRequestThatAsksForNoTrace_IsDropped()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver);
        await GetAsync(service, "/jobs/poll", Parent[..^1] + "0");
        await GetAsync(service, "/jobs/7");
        await StopAsync(service, receiver);
        Assert.Equal("/jobs/7", Assert.Single(receiver.Spans).Attributes["url.path"]);
    }

    [Fact]
    public async Task Span_OfOwnSource_CarriesItsLinks()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver);
        using var source = new ActivitySource("MapReduce.Tests");
        using (source.StartActivity(ActivityKind.Internal, links: [new ActivityLink(ActivityContext.Parse(Parent, null))], name: "reduce")) { }
        await receiver.WaitForAsync(got => got.Spans.Count == 1);
        Assert.Equal("b7ad6b7169203331", Assert.Single(receiver.Spans[0].Links).SpanId);
    }

    [Fact]
    public async Task Stop_WithBufferedSpans_SendsThem()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver, ("OTEL_BSP_SCHEDULE_DELAY", "3600000"));
        await GetAsync(service, "/jobs/7");
        await StopAsync(service, receiver);
        Assert.Single(receiver.Spans);
    }

    [Fact]
    public async Task Export_ByGrpc_Arrives()
    {
        await using var receiver = await OtlpReceiver.StartAsync(grpc: true);
        await using var service = await StartAsync(receiver);
        await GetAsync(service, "/jobs/7");
        await receiver.WaitForAsync(got => got.Spans.Any(span => span.Name == "GET /jobs/{id}"));
    }

    [Fact]
    public async Task Services_WithoutEndpoint_HoldNoTelemetrySdk()
    {
        await using var service = await TestService.StartAsync();
        Assert.Null(service.Services.GetService<OpenTelemetry.OpenTelemetrySdk>());
    }

    private static async Task<OtlpSpan> SpanOfAsync(string path, bool handler = false)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StartAsync(receiver, handler: handler);
        await GetAsync(service, path);
        await receiver.WaitForAsync(got => got.Spans.Count > 0);
        return Assert.Single(receiver.Spans);
    }

    private static Task<TestService> StartAsync(OtlpReceiver receiver, (string Key, string Value)? more = null, bool handler = false)
    {
        var settings = new Dictionary<string, string>(receiver.Variables) { ["OTEL_SERVICE_NAME"] = "tested" };
        if (more is var (key, value)) settings[key] = value;
        return TestService.StartAsync(settings, map: app =>
        {
            if (handler) app.UseExceptionHandler(error => error.Run(context => Task.CompletedTask));
            app.MapGet("/jobs/{id}", (string id) => id);
            app.MapGet("/broken", Task (HttpContext _) => throw new InvalidOperationException("no such luck"));
        });
    }

    // The SDK's flush ends when the last spans are on their way, not when they have come. They come in their order.
    private static async Task StopAsync(TestService service, OtlpReceiver receiver)
    {
        await service.StopAsync();
        await receiver.WaitForAsync(got => got.Spans.Count > 0);
    }

    // From a client without instrumentation: only the server's side is looked at.
    private static async Task GetAsync(TestService service, string path, string traceParent = Parent)
    {
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", traceParent);
        using var response = await client.SendAsync(request);
    }
}

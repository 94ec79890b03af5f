using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using MapReduce.MasterService.Jobs;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MasterService.Tests.Support;

namespace MasterService.Tests.Jobs;

public sealed class JobEventTests : IAsyncLifetime
{
    private MasterHost _host = null!;
    private JobStatus _job = null!;

    public async Task InitializeAsync()
    {
        _host = await MasterHost.StartAsync();
        _job = await _host.Client.SubmittedAsync(_host.Spec());
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Events_OfARunningJob_BeginWithASnapshot()
    {
        using var events = await OpenAsync();

        Assert.Equal(JobState.Mapping, (await events.NextAsync())!.Status.State);
    }

    [Fact]
    public async Task Events_OfAJobThatEnds_EndWithItsFinalStatus()
    {
        using var events = await OpenAsync();
        await events.NextAsync();
        await CancelAsync();

        var last = await events.NextAsync();
        while (last is { Status.EndedAt: null }) last = await events.NextAsync();

        Assert.Equal((JobState.Cancelled, null), (last!.Status.State, await events.NextAsync()));
    }

    [Fact]
    public async Task Events_AfterTheLastOne_BeginWithTheNextChange()
    {
        using var first = await OpenAsync();
        var seen = await first.NextAsync();
        using var second = await OpenAsync(seen!.Id);
        await CancelAsync();

        Assert.Equal(JobState.Cancelled, (await second.NextAsync())!.Status.State);
    }

    [Fact]
    public async Task Events_AfterAnUnknownOne_BeginWithASnapshot()
    {
        using var events = await OpenAsync("17");

        Assert.Equal(JobState.Mapping, (await events.NextAsync())!.Status.State);
    }

    [Fact]
    public async Task Events_ForManyReaders_AreAskedForOnce()
    {
        using (var one = await OpenAsync())
        using (var two = await OpenAsync())
        {
            Assert.Equal((await one.NextAsync())!.Id, (await two.NextAsync())!.Id);
            Assert.Equal(1, _host.Service<JobFeeds>().Count);
        }
        await Eventually.HoldsAsync(() => Task.FromResult(_host.Service<JobFeeds>().Count == 0), "nobody is followed when nobody reads");
    }

    [Fact]
    public async Task Events_WhenTheMasterStops_End()
    {
        using var events = await OpenAsync();
        await events.NextAsync();

        await _host.App.StopAsync();

        Assert.Null(await events.NextAsync());
    }

    private Task<HttpResponseMessage> CancelAsync() => _host.Client.PostAsync(MasterApi.For(MasterApi.CancelJob, _job.JobId), null);

    private async Task<Reader> OpenAsync(string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MasterApi.For(MasterApi.JobEvents, _job.JobId));
        if (lastEventId is not null) request.Headers.Add(MasterApi.LastEventIdHeader, lastEventId);
        var response = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Reader(response, await response.Content.ReadAsStreamAsync());
    }

    private sealed record Received(string Id, JobStatus Status);

    private sealed class Reader(HttpResponseMessage response, Stream stream) : IDisposable
    {
        private readonly IAsyncEnumerator<SseItem<JobStatus>> _items = SseParser
            .Create(stream, (_, data) => JsonSerializer.Deserialize(Encoding.UTF8.GetString(data), WireJson.Default.JobStatus)!).EnumerateAsync().GetAsyncEnumerator();

        public async Task<Received?> NextAsync()
        {
            if (!await _items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))) return null;
            Assert.Equal(MasterApi.StatusEvent, _items.Current.EventType);
            return new Received(_items.Current.EventId!, _items.Current.Data);
        }

        public void Dispose() => response.Dispose();
    }
}

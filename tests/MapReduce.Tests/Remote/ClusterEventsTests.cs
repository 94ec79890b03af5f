using System.Net;
using System.Text;
using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Tests.Remote.Support;

namespace MapReduce.Tests.Remote;

public sealed class ClusterEventsTests : IDisposable
{
    private readonly FakeMasterHandler _handler = new();
    private readonly HastyTime _time = new();
    private readonly ClusterClient _cluster;

    public ClusterEventsTests() => _cluster = new ClusterClient(new ClusterClientOptions
    {
        Masters = MasterAddresses.Parse("http://a:1"),
        Time = _time,
        Handler = _handler,
        FollowPatience = TimeSpan.FromSeconds(60),
    });

    [Fact]
    public async Task Events_UntilTheEnd_GivesEachStatus()
    {
        Sends(Event(1, Statuses.Running("j1")) + ":\n\n" + Event(2, Statuses.Ended("j1")));
        Assert.Equal([JobState.Mapping, JobState.Succeeded], await StatesAsync());
    }

    [Fact]
    public async Task Events_StreamEndsTooEarly_GoesOnAfterTheLast()
    {
        Sends(Event(7, Statuses.Running("j1")));
        Sends(Event(8, Statuses.Ended("j1")));
        Assert.Equal([JobState.Mapping, JobState.Succeeded], await StatesAsync());
        Assert.Equal("7", _handler.Requests[1].Headers[MasterApi.LastEventIdHeader]);
    }

    [Fact]
    public async Task Events_CutWithinAnEvent_DropsTheHalf()
    {
        Sends(Event(7, Statuses.Running("j1")) + "event: status\nid: 8\ndata: {\"jobId\"");
        Sends(Event(9, Statuses.Ended("j1")));
        Assert.Equal([JobState.Mapping, JobState.Succeeded], await StatesAsync());
    }

    [Fact]
    public async Task Events_MasterAwayForAWhile_GoesOn()
    {
        Sends(Event(7, Statuses.Running("j1")));
        for (var i = 0; i < 10; i++) _handler.Fails();
        Sends(Event(8, Statuses.Ended("j1")));
        Assert.Equal([JobState.Mapping, JobState.Succeeded], await StatesAsync());
    }

    [Fact]
    public async Task Events_MasterAwayForTooLong_GivesUp()
    {
        for (var i = 0; i < 100; i++) _handler.Fails();
        await Assert.ThrowsAsync<MasterUnavailableException>(StatesAsync);
    }

    [Fact]
    public async Task Events_Silence_ConnectsAgain()
    {
        var silent = new SilentStream();
        _handler.Does(_ => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(silent) }));
        Sends(Event(8, Statuses.Ended("j1")));
        var states = StatesAsync();
        await silent.Asked;
        _time.RunOut(TimeSpan.FromSeconds(45));
        Assert.Equal([JobState.Succeeded], await states);
    }

    [Fact]
    public async Task Events_UnknownJob_NamesIt()
    {
        _handler.Answers(HttpStatusCode.NotFound);
        await Assert.ThrowsAsync<KeyNotFoundException>(StatesAsync);
    }

    [Fact]
    public async Task Wait_JobEnds_GivesItsLastStatus()
    {
        Sends(Event(1, Statuses.Running("j1")) + Event(2, Statuses.Ended("j1")));
        Assert.Equal(JobState.Succeeded, (await _cluster.WaitAsync("j1")).State);
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _handler.Dispose();
    }

    private void Sends(string events) => _handler.Answers(HttpStatusCode.OK, Encoding.UTF8.GetBytes(events), "text/event-stream");

    private static string Event(int id, JobStatus status) =>
        $"event: status\nid: {id}\ndata: {JsonSerializer.Serialize(status, WireJson.Default.JobStatus)}\n\n";

    private async Task<List<JobState>> StatesAsync()
    {
        var states = new List<JobState>();
        await foreach (var status in _cluster.EventsAsync("j1")) states.Add(status.State);
        return states;
    }

    // Open, but nothing ever comes.
    private sealed class SilentStream : MemoryStream
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;
using WorkerService.Tests.Support;

namespace WorkerService.Tests.Shuffle;

/// <summary>Servers that no worker of ours is: they answer with parts of an answer, with nothing, or with rubbish.</summary>
public sealed class BrokenServerTests : IAsyncLifetime
{
    private static readonly RemoteShuffleOptions Hasty = new() { Patience = TimeSpan.FromMilliseconds(200) };

    private ShuffleFixture _shuffle = null!;

    public async Task InitializeAsync() => _shuffle = await ShuffleFixture.StartAsync();

    public async Task DisposeAsync() => await _shuffle.DisposeAsync();

    [Fact]
    public void Fetch_ConnectionCutWithinSecondSegment_FailsThatMapOnly()
    {
        MapOutputLocation[] outputs = [_shuffle.Outputs.Write(0, ["a"]), _shuffle.Outputs.Write(1, ["b"])];
        var answer = Answer(outputs);
        using var server = new RawServer(_ => (answer.Length, answer[..^3], IsSilent: false));
        Assert.Equal([new FetchFailure(1, outputs[1].Token, FetchFault.Unreachable)], Fail(server, outputs).FetchFailures!);
    }

    [Fact]
    public void Fetch_ConnectionCutOnce_BringsTheRestBySecondRequest()
    {
        MapOutputLocation[] outputs = [_shuffle.Outputs.Write(0, ["a"]), _shuffle.Outputs.Write(1, ["b"])];
        var (both, second) = (Answer(outputs), Answer(outputs[1..]));
        using var server = new RawServer(request => request == 0 ? (both.Length, both[..^3], IsSilent: false) : (second.Length, second, IsSilent: false));
        Point(server);
        Assert.Equal(["a", "b"], _shuffle.Fetch(0, outputs).SelectMany(_shuffle.Outputs.Read));
    }

    [Fact]
    public void Fetch_SilentServer_FailsInsteadOfWaitingForEver()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        using var server = new RawServer(_ => (1000, [], IsSilent: true));
        Assert.Contains("nothing came for 0.2 s", Fail(server, [output]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_AnswerOfAnotherMap_IsNotTakenForTheOneAskedFor()
    {
        var (asked, other) = (_shuffle.Outputs.Write(0, ["a"]), _shuffle.Outputs.Write(1, ["b"]));
        var answer = Answer([other]);
        using var server = new RawServer(_ => (answer.Length, answer, IsSilent: false));
        Assert.Equal([new FetchFailure(0, asked.Token, FetchFault.Unreachable)], Fail(server, [asked]).FetchFailures!);
    }

    [Fact]
    public void Fetch_RecordsWithoutBytes_AreNotTakenForNone()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        var answer = new byte[128];
        var frame = new SegmentFrame(0, output.Token, SegmentState.Found, IsSorted: true, Length: 0, Records: 1);
        frame.WriteTo(answer);
        using var server = new RawServer(_ => (frame.HeaderLength, answer[..frame.HeaderLength], IsSilent: false));
        Assert.Equal([new FetchFailure(0, output.Token, FetchFault.Unreachable)], Fail(server, [output]).FetchFailures!);
    }

    [Fact]
    public void Fetch_BytesChangedOnTheWay_IsCorruptAfterThreeTries()
    {
        var output = _shuffle.Outputs.Write(0, ["abcdef"]);
        var answer = Answer([output]);
        answer[^1] ^= 1;
        using var server = new RawServer(_ => (answer.Length, answer, IsSilent: false));
        Assert.Equal([new FetchFailure(0, output.Token, FetchFault.Corrupt)], Fail(server, [output]).FetchFailures!);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public void Fetch_NobodyListens_NamesWorkerAndAddress()
    {
        var output = _shuffle.Outputs.Write(0, ["a"]);
        string address;
        using (var server = new RawServer(_ => (0, [], IsSilent: false))) address = server.Address;
        _shuffle.Workers.Learn(new WorkerRegistration("server", 1, address));
        var failure = Assert.Throws<AttemptFailedException>(() => _shuffle.Fetch(0, [output])).Failure;
        Assert.Contains($"worker server at {address} could not be asked", failure.Message, StringComparison.Ordinal);
    }

    private AttemptFailure Fail(RawServer server, IReadOnlyList<MapOutputLocation> outputs)
    {
        Point(server);
        return Assert.Throws<AttemptFailedException>(() => _shuffle.Fetch(0, outputs, options: Hasty)).Failure;
    }

    private void Point(RawServer server) => _shuffle.Workers.Learn(new WorkerRegistration("server", 1, server.Address));

    // What a worker that is in order answers.
    private byte[] Answer(IReadOnlyList<MapOutputLocation> outputs)
    {
        using var body = new MemoryStream();
        var answer = new SegmentServer(PhysicalFileSystem.Instance, _shuffle.Outputs.WorkDirectory)
            .Open(new SegmentRequest(MapOutputs.JobId, 0, 0, [.. outputs.Select(output => new RequestedMap(output.Map, output.Token))]));
        answer.WriteToAsync(System.IO.Pipelines.PipeWriter.Create(body), CancellationToken.None).GetAwaiter().GetResult();
        return body.ToArray();
    }

    /// <summary>Answers each request with bytes that need not be as many as it promises, then closes the connection or keeps silent.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<int, (int Promised, byte[] Body, bool IsSilent)> _answer;
        private readonly List<TcpClient> _silent = [];

        public RawServer(Func<int, (int Promised, byte[] Body, bool IsSilent)> answer)
        {
            _answer = answer;
            _listener.Start();
            _ = ServeAsync();
        }

        public int Requests { get; private set; }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public void Dispose()
        {
            _listener.Dispose();
            foreach (var client in _silent) client.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true) await ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            var stream = client.GetStream();
            await ReadRequestAsync(stream);
            var (promised, body, isSilent) = _answer(Requests++);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {promised}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
            if (isSilent) _silent.Add(client);
            else client.Dispose();
        }

        // To the end of its body: a connection that is closed with bytes unread loses what was sent on it.
        private static async Task ReadRequestAsync(NetworkStream stream)
        {
            var text = "";
            var buffer = new byte[64 << 10];
            while (!text.Contains("]}", StringComparison.Ordinal)) text += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }
    }
}

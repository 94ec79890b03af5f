using System.Diagnostics;
using System.Net.Http.Headers;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.WorkerService.Shuffle;
using Microsoft.Extensions.Logging.Abstractions;
using Shuffle;

// Throughput of a worker's map outputs against a file that Kestrel serves, in turn, one connection each, client and server in this process.
// Arguments: MiB of the map output (64), reads of it a round (8), rounds (7).
const string Secret = "bench";
var (mebibytes, reads, rounds) = (Argument(0, 64), Argument(1, 8), Argument(2, 7));
var folder = Directory.CreateTempSubdirectory("mapreduce-bench-shuffle-").FullName;
try
{
    var output = await MapOutputFile.MakeAsync(folder, (long)mebibytes << 20, "bench", Secret);
    await using var listener = await ShuffleListener.StartAsync(
        "http://127.0.0.1:0", "127.0.0.1", new ConfigurationBuilder().Build(), Server(output), Secrets(), NullLoggerFactory.Instance, CancellationToken.None);
    await using var plain = await PlainFile.StartAsync(output.Path);
    var workers = new WorkerDirectory();
    workers.Learn(new WorkerRegistration("bench", 1, listener.Address));
    using var source = new RemoteMapOutputSource(PhysicalFileSystem.Instance, workers, new RemoteShuffleOptions(), TimeProvider.System);
    using var http = new HttpClient();
    var segments = new SegmentRequest("bench", 0, 0, [new RequestedMap(0, output.Location.Token)]).ToJson();
    (string Name, Func<Task<long>> Read)[] ways =
    [
        ("Results.File", () => DropAsync(http, new HttpRequestMessage(HttpMethod.Get, plain.Address))),
        ("segments, bytes dropped", () => DropAsync(http, Post(listener.Address, segments))),
        ("fetch: verified, written to a file", () => Task.FromResult(Fetch(source, output, folder))),
    ];
    await CompareAsync(ways, reads, rounds);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

int Argument(int index, int usual) => args.Length > index ? int.Parse(args[index]) : usual;

static SegmentServer Server(MapOutputFile output) => new(PhysicalFileSystem.Instance, output.WorkDirectory);

static ShuffleSecrets Secrets()
{
    var secrets = new ShuffleSecrets();
    secrets.Learn("bench", Secret);
    return secrets;
}

static HttpRequestMessage Post(string address, byte[] body) => new(HttpMethod.Post, new Uri(new Uri(address), SegmentRequest.Route))
{
    Content = new ByteArrayContent(body),
    Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Secret) },
};

static async Task<long> DropAsync(HttpClient http, HttpRequestMessage request)
{
    using var owned = request;
    using var response = (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    await using var body = await response.Content.ReadAsStreamAsync();
    var buffer = new byte[1 << 20];
    long total = 0;
    for (int read; (read = await body.ReadAsync(buffer)) > 0;) total += read;
    return total;
}

static long Fetch(RemoteMapOutputSource source, MapOutputFile output, string folder)
{
    var scratch = Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;
    var length = source.Fetch(output.Reduce, scratch, new AttemptProgress(), CancellationToken.None).Sum(segment => segment.Length);
    Directory.Delete(scratch, recursive: true);
    return length;
}

// In turn, so that what the machine does meanwhile hits all alike; the first round warms up.
static async Task CompareAsync((string Name, Func<Task<long>> Read)[] ways, int reads, int rounds)
{
    var rates = ways.Select(_ => new List<double>()).ToArray();
    for (var round = 0; round <= rounds; round++)
    {
        for (var way = 0; way < ways.Length; way++)
        {
            var (start, bytes) = (Stopwatch.GetTimestamp(), 0L);
            for (var i = 0; i < reads; i++) bytes += await ways[way].Read();
            if (round > 0) rates[way].Add(bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    for (var way = 0; way < ways.Length; way++)
    {
        var ratios = rates[way].Select((rate, round) => rate / rates[0][round]).Order().ToList();
        var sorted = rates[way].Order().ToList();
        Console.WriteLine($"{ways[way].Name,-36} {sorted[sorted.Count / 2],7:0} MB/s ({sorted[0]:0}-{sorted[^1]:0})   {ratios[ratios.Count / 2]:0.00} of Results.File ({ratios[0]:0.00}-{ratios[^1]:0.00})");
    }
}

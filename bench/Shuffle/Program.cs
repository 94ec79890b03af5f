using System.Diagnostics;
using System.Net.Http.Headers;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.WorkerService.Shuffle;
using Microsoft.Extensions.Logging.Abstractions;
using Shuffle;

// shuffle file|segments|fetch MIB READS OUTPUT
// Throughput over one connection, client and server in this process: of a file that Kestrel serves, of a worker's map outputs
// whose bytes are dropped, and of a reduce task's fetch, which verifies them and writes them to a file. Prints "rate <MB a second>".
const string Secret = "bench";
const int WarmUp = 4;
if (args is not [var way, var size, var count, var report])
{
    Console.Error.WriteLine("usage: shuffle file|segments|fetch MIB READS OUTPUT");
    return 2;
}
var (mebibytes, reads) = (int.Parse(size), int.Parse(count));
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
    Func<Task<long>> read = way switch
    {
        "file" => () => DropAsync(http, new HttpRequestMessage(HttpMethod.Get, plain.Address)),
        "segments" => () => DropAsync(http, Post(listener.Address, segments)),
        _ => () => Task.FromResult(Fetch(source, output, folder)),
    };
    for (var i = 0; i < WarmUp; i++) await read();
    var (start, bytes) = (Stopwatch.GetTimestamp(), 0L);
    for (var i = 0; i < reads; i++) bytes += await read();
    Console.WriteLine($"rate {bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds:F0}");
    File.WriteAllText(report, $"reads {reads}\n");
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

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

using System.Diagnostics;
using Dispatch;
using MapReduce.Protocol;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using MapReduce.Shuffle;
using System.Net.Http.Json;

// dispatch URL FOLDER [tasks] [callers] [batch] [seconds]: whole cycles of claim and completion, as fast as they go.
if (args.Length < 2)
{
    await Console.Error.WriteLineAsync("usage: dispatch MASTER_URL SHARED_FOLDER [TASKS=1000000] [CALLERS=16] [BATCH=16] [SECONDS=20]");
    return 2;
}
int Argument(int index, int standard) => args.Length > index ? int.Parse(args[index]) : standard;
var (tasks, callers, batch, seconds) = (Argument(2, 1_000_000), Argument(3, 16), Argument(4, 16), Argument(5, 20));

using var http = new HttpClient { BaseAddress = new Uri(args[0]), Timeout = TimeSpan.FromMinutes(5) };
var submitting = Stopwatch.GetTimestamp();
using var answer = await http.PostAsJsonAsync(MasterApi.Jobs, new SubmitMessage(SpecMessage.Of(EmptyTasks.Job(Path.GetFullPath(args[1]), tasks))), WireJson.Default.SubmitMessage);
var job = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync(WireJson.Default.JobStatus))! : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
Console.WriteLine($"submitted {tasks} tasks in {Stopwatch.GetElapsedTime(submitting).TotalSeconds:F2} s");

using var master = new HttpMasterClient(MasterAddresses.Parse(args[0]), token: null, new WorkerDirectory(), TimeProvider.System);
using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
var workers = Enumerable.Range(0, callers).Select(index => new Caller(master, $"caller-{index}", batch)).ToList();
var began = Stopwatch.GetTimestamp();
var running = Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(stop.Token))));
for (var before = 0L; !running.IsCompleted;)
{
    await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(1)));
    var now = workers.Sum(worker => worker.Done);
    Console.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds,5:F1} s {now,9} tasks, {now - before,7} in the last second");
    before = now;
}
await running;
var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
var done = workers.Sum(worker => worker.Done);
double[] times = [.. workers.SelectMany(worker => worker.Milliseconds).Order()];
Console.WriteLine($"{done} tasks in {elapsed:F1} s = {done / elapsed:F0} a second; an exchange took {times[times.Length / 2]:F2} ms in the median, {times[(int)(times.Length * 0.99)]:F2} ms at p99");
using var cancelled = await http.PostAsync(MasterApi.For(MasterApi.CancelJob, job.JobId), null);
return 0;

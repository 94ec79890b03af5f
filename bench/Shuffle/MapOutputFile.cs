using MapReduce;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;

namespace Shuffle;

/// <summary>A map output of one partition, made by a map attempt as any other.</summary>
internal sealed record MapOutputFile(string WorkDirectory, MapOutputLocation Location, TaskLease Reduce)
{
    private const int RecordLength = 100;

    public string Path => MapReduce.Shuffle.WorkDirectory.MapOutput(WorkDirectory, Reduce.JobId, new TaskId(0, TaskKind.Map, 0), Location.Token);

    public static async Task<MapOutputFile> MakeAsync(string folder, long bytes, string worker, string secret)
    {
        var files = PhysicalFileSystem.Instance;
        var work = Directory.CreateDirectory(System.IO.Path.Combine(folder, "work")).FullName;
        var plan = Job.ReadLines().Map(line => new[] { (line.Text, 0L) }).Reduce((_, values) => values.Sum()).WriteText();
        var input = WriteInput(System.IO.Path.Combine(folder, "input"), bytes);
        using var runner = new AttemptRunner(files, new FileOutputStore(files, folder, OutputDurability.Process), new LocalMapOutputSource(files, work), work, _ => plan);
        var map = new TaskLease
        {
            JobId = "bench",
            Task = new TaskId(0, TaskKind.Map, 0),
            Token = "1.0",
            Attempt = 1,
            Duration = TimeSpan.FromMinutes(1),
            Spec = new JobSpec { Job = "bench", Inputs = [input.Path], Output = System.IO.Path.Combine(folder, "out"), Steps = plan.Shapes },
            Reducers = 1,
            Split = new InputSplit([input]),
            ShuffleSecret = secret,
        };
        await runner.RunAsync(map, new AttemptProgress(), CancellationToken.None);
        var location = new MapOutputLocation(0, map.Token, worker);
        return new MapOutputFile(work, location, map with { Task = new TaskId(0, TaskKind.Reduce, 0), Split = null, MapOutputs = [location] });
    }

    private static FileRange WriteInput(string path, long bytes)
    {
        var random = new Random(1);
        using (var writer = new StreamWriter(path))
        {
            for (long written = 0; written < bytes; written += RecordLength) writer.Write($"{random.NextInt64():x16}{new string('x', RecordLength - 17)}\n");
        }

        var file = new FileInfo(path);
        return new FileRange(path, 0, file.Length, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}

using System.Text;
using MapReduce.Counters;
using MapReduce.Memory;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;
using MapReduce.Storage;

namespace WorkerService.Tests.Support;

/// <summary>Map outputs as attempts leave them in a work directory.</summary>
internal sealed class MapOutputs(string workDirectory, string worker) : IDisposable
{
    public const string JobId = "job-1";

    private readonly MemoryPool _pool = new();

    public string WorkDirectory => workDirectory;

    /// <summary>Writes an output whose partitions hold these keys, each with no value.</summary>
    public unsafe MapOutputLocation Write(int map, params string[][] partitions)
    {
        var location = new MapOutputLocation(map, $"1.{map:x16}", worker);
        var path = PathOf(location);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var workspace = new Workspace(PhysicalFileSystem.Instance, Path.GetDirectoryName(path)!, 16 << 20, _pool, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);
        using var run = new RunWriter(workspace, path);
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            run.BeginPartition(partition, isSorted: true);
            foreach (var key in partitions[partition])
            {
                var bytes = Encoding.UTF8.GetBytes(key);
                fixed (byte* start = bytes) run.Append(start, bytes.Length, start, 0);
            }

            run.EndPartition();
        }

        run.Complete();
        return location;
    }

    public string PathOf(MapOutputLocation location) =>
        MapReduce.Shuffle.WorkDirectory.MapOutput(workDirectory, JobId, new TaskId(0, TaskKind.Map, location.Map), location.Token);

    /// <summary>The keys of a segment.</summary>
    public List<string> Read(Segment segment)
    {
        var workspace = new Workspace(PhysicalFileSystem.Instance, workDirectory, 16 << 20, _pool, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);
        using var reader = workspace.Read(segment.Path, segment.Offset, segment.Length, segment.Records);
        var keys = new List<string>();
        while (reader.MoveNext()) keys.Add(Encoding.UTF8.GetString(reader.KeySpan));
        return keys;
    }

    public void Dispose() => _pool.Dispose();
}

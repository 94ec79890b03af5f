using System.Text;
using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Memory;
using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;
using MapReduce.Tests.Input.Planner;

namespace MapReduce.Tests.Spill;

/// <summary>An attempt's workspace over real files in a folder of its own.</summary>
internal sealed class TestWorkspace : IDisposable
{
    /// <summary>Runs are merged four at a time.</summary>
    public const long Smallest = 256 << 10;

    private readonly TempFolder _folder = new();
    private readonly MemoryPool _pool = new();
    private int _inputs;

    public TestWorkspace(long memory = 16 << 20, IFileSystem? files = null, CancellationToken cancellation = default)
    {
        Directory = _folder.Folder("attempt");
        Workspace = new Workspace(files ?? PhysicalFileSystem.Instance, Directory, memory, _pool, new AttemptCounters(), new AttemptProgress(), cancellation);
    }

    public Workspace Workspace { get; }

    public string Directory { get; }

    public AttemptCounters Counters => Workspace.Counters;

    public string Path(string name) => _folder[name];

    /// <summary>Writes a run, its records by partition.</summary>
    public unsafe RunFile Write(string name, params IReadOnlyList<KeyValue>[] partitions)
    {
        using var run = new RunWriter(Workspace, Path(name));
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            run.BeginPartition(partition, isSorted: true);
            foreach (var record in partitions[partition])
            {
                fixed (byte* key = record.Key, value = record.Value) run.Append(key, record.Key.Length, value, record.Value.Length);
            }

            run.EndPartition();
        }

        return run.Complete();
    }

    public List<KeyValue> Read(RunFile run, int partition)
    {
        if (run.Find(partition) is not { } segment) return [];
        using var reader = Workspace.Read(run.Path, segment.Offset, segment.Length, segment.Records);
        return Drain(reader);
    }

    public static List<KeyValue> Drain(RecordStream stream)
    {
        var records = new List<KeyValue>();
        while (stream.MoveNext()) records.Add(new KeyValue(stream.KeySpan.ToArray(), stream.ValueSpan.ToArray()));
        return records;
    }

    /// <summary>A split of whole files with these contents.</summary>
    public InputSplit Split(params byte[][] contents) => new([.. contents.Select(Range)]);

    public InputSplit Split(string content) => Split(Encoding.UTF8.GetBytes(content));

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    private FileRange Range(byte[] content)
    {
        var path = _folder[$"input-{_inputs++}"];
        File.WriteAllBytes(path, content);
        return new FileRange(path, 0, content.Length, content.Length, new FileInfo(path).LastWriteTimeUtc.Ticks);
    }
}

/// <summary>An encoded record, compared by content.</summary>
internal sealed record KeyValue(byte[] Key, byte[] Value)
{
    public static KeyValue Of(string key, string value = "") => new(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));

    public bool Equals(KeyValue? other) => other is not null && Key.AsSpan().SequenceEqual(other.Key) && Value.AsSpan().SequenceEqual(other.Value);

    public override int GetHashCode() => Key.Length + (Value.Length * 31);

    public override string ToString() => $"{Convert.ToHexString(Key)}={Convert.ToHexString(Value)}";
}

/// <summary>Orders keys as the engine does.</summary>
internal sealed class ByteOrder : IComparer<byte[]>
{
    public static ByteOrder Instance { get; } = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}

using MapReduce.Counters;
using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Memory;
using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Tests.Input.Formats;

/// <summary>Reads ranges as a map task does, to texts that outlive the reader's buffers.</summary>
internal static class FormatReading
{
    public static List<string> Read<T>(IFileSystem files, InputFormat<T> format, Func<T, string> show, params IEnumerable<FileRange> ranges)
    {
        using var pool = new MemoryPool();
        var workspace = new Workspace(files, "/none", 16 << 20, pool, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);
        var records = new List<string>();
        var body = new RecordBody<T>(format, new ShowSink<T>(show, records));
        var lines = new LineBuffer();
        foreach (var range in ranges)
        {
            using var piece = new InputPiece(files, format.IsSplittable ? range : range with { IsWhole = true }, format.IsText, lines);
            body.Map(piece, workspace, bad: null);
        }

        Assert.Equal(records.Count, workspace.Counters.MapInputRecords);
        return records;
    }

    private sealed class ShowSink<T>(Func<T, string> show, List<string> records) : Sink<T>
    {
        public override void Put(in T item) => records.Add(show(item));
    }
}

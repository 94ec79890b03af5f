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
    public static void Run(IFileSystem files, IMapBody body, IEnumerable<FileRange> ranges, bool isText, List<string> records, long memory = 256 << 20)
    {
        using var pool = new MemoryPool();
        var workspace = new Workspace(files, "/none", memory, pool, new AttemptCounters(), new AttemptProgress(), CancellationToken.None);
        var lines = new LineBuffer();
        foreach (var range in ranges)
        {
            using var piece = new InputPiece(files, range, isText, lines, workspace.Memory);
            body.Map(piece, workspace, bad: null);
        }

        Assert.Equal(records.Count, workspace.Counters.MapInputRecords);
    }

    /// <summary>A reader of a format, which gives each record as a text.</summary>
    public static IMapBody Of<T>(InputFormat<T> format, Func<T, string> show, List<string> records) => new RecordBody<T>(format, new ShowSink<T>(show, records));

    /// <summary>A reader of lines.</summary>
    public static IMapBody OfLines(Func<Line, string> show, List<string> records) => new LineFlow().Start(new ShowSink<Line>(show, records));

    private sealed class ShowSink<T>(Func<T, string> show, List<string> records) : Sink<T>
    {
        public override void Put(in T item) => records.Add(show(item));
    }
}

using MapReduce.Counters;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>
/// What an attempt left behind, in two parts: the tail, which every task has and which lies in the task's own few bytes, and
/// the rest (files, boundaries), which a map output does not have.
/// </summary>
internal static class ResultPack
{
    private static readonly CounterSet NoCounters = [];

    public static byte[] Tail(AttemptResult result)
    {
        var writer = new PackWriter().Integer(result.Bytes);
        if (result.SpanId != 0) writer.Integer((long)result.SpanId);
        return writer.ToArray();
    }

    public static byte[] Rest(AttemptResult result)
    {
        if (result.Files.Count == 0 && result.Boundaries is null) return [];
        var writer = new PackWriter().Bytes(result.Boundaries).Array(result.Files.Count);
        foreach (var file in result.Files) writer.Text(file.Name).Integer(file.Length).Integer(file.Records).Integer(file.Crc32C);
        return writer.ToArray();
    }

    /// <summary>The result without its counters, which are in the totals.</summary>
    public static AttemptResult Read(byte[] tail, byte[] rest)
    {
        var reader = new PackReader(tail);
        var result = new AttemptResult { Bytes = reader.Integer(), SpanId = reader.IsAtEnd ? 0 : (ulong)reader.Integer(), Counters = NoCounters };
        return rest.Length == 0 ? result : result with { Boundaries = Boundaries(rest), Files = Files(rest) };
    }

    public static long Bytes(byte[] tail) => tail.Length == 0 ? 0 : new PackReader(tail).Integer();

    public static byte[]? Boundaries(byte[] rest) => new PackReader(rest).BytesOrNull();

    public static IReadOnlyList<OutputFile> Files(byte[] rest)
    {
        var reader = new PackReader(rest);
        _ = reader.BytesOrNull();
        var files = new OutputFile[reader.Array()];
        for (var i = 0; i < files.Length; i++) files[i] = new OutputFile(reader.Text(), reader.Integer(), reader.Integer(), (uint)reader.Integer());
        return files;
    }
}

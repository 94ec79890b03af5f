using System.Buffers.Binary;
using System.Text;
using MapReduce.Input;

namespace MapReduce.Scheduling.Journal;

/// <summary>
/// The plan as a file: fixed-width tables, little-endian, so that one split is read by its position however many there are.
/// A map task costs 28 bytes (order, first piece, one piece) besides its share of the files' table.
/// </summary>
/// <remarks>
/// Header (magic, splits, pieces, files, steps) · splits of each step · order: split of the first step by descending size, then the others · first piece of each split, and the end ·
/// pieces (file, offset, length) · files (end of name, length, modified, source, whole or not) · names.
/// </remarks>
internal readonly record struct PlanFormat(int Splits, int Pieces, int Files, int Steps)
{
    public const int HeaderSize = 20, PieceSize = 20, FileSize = 32;
    public const uint Magic = 0x33_50_52_4D;

    public const long StepsAt = HeaderSize;
    public long OrderAt => StepsAt + 4L * Steps;
    public long FirstPieceAt => OrderAt + 4L * Splits;
    public long PieceAt => FirstPieceAt + 4L * (Splits + 1);
    public long FileAt => PieceAt + (long)PieceSize * Pieces;
    public long NamesAt => FileAt + (long)FileSize * Files;

    public static byte[] Write(InputPlan plan)
    {
        var splits = plan.Splits;
        var ids = new Dictionary<(string Path, int Source), int>();
        var files = new List<FileRange>();
        foreach (var piece in splits.SelectMany(split => split.Pieces))
            if (ids.TryAdd((piece.Path, piece.Source), files.Count)) files.Add(piece);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(splits.Count);
        writer.Write(splits.Sum(split => split.Pieces.Count));
        writer.Write(files.Count);
        writer.Write(plan.SplitsOfSteps.Count);
        foreach (var ofStep in plan.SplitsOfSteps) writer.Write(ofStep);
        foreach (var index in LargestFirst(splits, plan.SplitsOfSteps[0])) writer.Write(index);
        WritePieces(writer, splits, ids);
        WriteFiles(writer, files);
        writer.Flush();
        return stream.ToArray();
    }

    public static PlanFormat ReadHeader(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
        BinaryPrimitives.ReadInt32LittleEndian(header[16..]));

    // A big split that starts last would keep the whole job waiting. In a later step those of the input come last anyhow.
    private static int[] LargestFirst(IReadOnlyList<InputSplit> splits, int first)
    {
        var order = new int[splits.Count];
        var lengths = new long[splits.Count];
        for (var i = 0; i < order.Length; i++) (order[i], lengths[i]) = (i, splits[i].Length);
        Array.Sort(order, 0, first, Comparer<int>.Create((left, right) => lengths[left] != lengths[right] ? lengths[right].CompareTo(lengths[left]) : left.CompareTo(right)));
        return order;
    }

    private static void WritePieces(BinaryWriter writer, IReadOnlyList<InputSplit> splits, Dictionary<(string Path, int Source), int> ids)
    {
        var first = 0;
        writer.Write(first);
        foreach (var split in splits) writer.Write(first += split.Pieces.Count);
        foreach (var piece in splits.SelectMany(split => split.Pieces))
        {
            writer.Write(ids[(piece.Path, piece.Source)]);
            writer.Write(piece.Offset);
            writer.Write(piece.Length);
        }
    }

    private static void WriteFiles(BinaryWriter writer, List<FileRange> files)
    {
        var names = files.ConvertAll(file => Encoding.UTF8.GetBytes(file.Path));
        var end = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            writer.Write(end += names[i].Length);
            writer.Write(files[i].FileLength);
            writer.Write(files[i].ModifiedTicks);
            writer.Write(files[i].Source);
            writer.Write(files[i].IsWhole ? 1 : 0);
        }
        foreach (var name in names) writer.Write(name);
    }
}

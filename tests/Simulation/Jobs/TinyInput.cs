using System.Text;
using MapReduce.Input;
using MapReduce.Storage;

namespace Simulation.Jobs;

/// <summary>A few tiny files, and how they are cut into splits.</summary>
/// <param name="Reducers">Reduce tasks of the jobs that read them.</param>
/// <param name="Splits">The pieces of each split.</param>
/// <param name="Files">Content by name.</param>
internal sealed record TinyInput(int Reducers, IReadOnlyList<IReadOnlyList<TinyPiece>> Splits, IReadOnlyList<(string Name, byte[] Content)> Files)
{
    private static readonly byte[] NotUtf8 = [.. "\xC3\xA9t\xC3\xA9 "u8, 0xFF, 0xFE, (byte)'\t', 0x80, (byte)'\n'];

    public static IReadOnlyList<TinyInput> All { get; } =
    [
        Whole(1, "map reduce lease token\nmerge spill map\nlease lease run\n"),
        Whole(3, "a 1\nb 2\na 3\n", "", "c 1\na\t2\tx", "b 9\nd 4\na 0\nc 7\n", "map reduce\nreduce map\n", "z y x w v u\n"),
        // A byte-order mark, CRLF, empty lines, blanks only, no final newline, bytes that are no text.
        Whole(2, "\uFEFFone two\r\n\r\nthree one\r\n \t \r\ntwo", "two 2\n\n\n x y\n").With(NotUtf8),
        // Two of three reducers get nothing.
        Whole(3, "key 3\nkey 1\nkey 2", "key 9\nkey\nkey 1\n", "key\tt\tab\nkey 0\n"),
        // Cut at any byte: within a line, at its end, before its newline; one split begins no line.
        Cut(2, [17, 18], [6, 60], "a long-word-of-more-than-sixteen-bytes 12\nb 2\nc 3\n", "b 1\na 2 of some line that has no end before the next cut and so is all one split's\nb 3\n"),
        // Two files in one split, and a third one for itself.
        new(4, [[new(0), new(1)], [new(2)]], Named("k1 v\nk2 v\tw", "k3 v\nk1 u\n", "k2 v\tw\nk4 x\tx\nk5 \t\nk1 z\n")),
        Whole(2, ""),
    ];

    /// <summary>Writes the files and says how they are read.</summary>
    public IReadOnlyList<InputSplit> Write(IFileSystem files, string folder)
    {
        files.CreateDirectory(folder);
        var written = new FileEntry[Files.Count];
        for (var i = 0; i < written.Length; i++)
        {
            var path = $"{folder}/{Files[i].Name}";
            files.WriteAll(path, Files[i].Content, exclusive: false, sync: true);
            written[i] = files.Find(path)!;
        }

        return [.. Splits.Select(pieces => new InputSplit([.. pieces.Select(piece => piece.Of(written[piece.File]))]))];
    }

    private static TinyInput Whole(int reducers, params string[] files) => new(reducers, Each(files.Length), Named(files));

    private static TinyInput Cut(int reducers, int[] first, int[] second, params string[] files) =>
        new(reducers, [.. Pieces(0, first, files[0]), .. Pieces(1, second, files[1])], Named(files));

    private static IReadOnlyList<IReadOnlyList<TinyPiece>> Each(int files) => [.. Enumerable.Range(0, files).Select(file => new[] { new TinyPiece(file) })];

    private static IEnumerable<IReadOnlyList<TinyPiece>> Pieces(int file, int[] cuts, string content)
    {
        int[] ends = [0, .. cuts, Encoding.UTF8.GetByteCount(content)];
        return ends.Zip(ends.Skip(1), (start, end) => new[] { new TinyPiece(file, start, end - start) });
    }

    private static IReadOnlyList<(string, byte[])> Named(params string[] files) =>
        [.. files.Select((content, file) => ($"input-{file}.txt", Encoding.UTF8.GetBytes(content)))];

    private TinyInput With(byte[] content) =>
        this with { Splits = Each(Files.Count + 1), Files = [.. Files, ($"input-{Files.Count}.txt", content)] };
}

/// <summary>A range of a file; without a length, all of it.</summary>
internal sealed record TinyPiece(int File, int Offset = 0, int? Length = null)
{
    public FileRange Of(FileEntry file) => new(file.Path, Offset, Length ?? file.Length, file.Length, file.ModifiedTicks);
}

using System.Buffers.Binary;
using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>The splits of a journaled plan, read by position and never loaded whole. Safe for concurrent use.</summary>
internal sealed class PlanReader : IReadOnlyList<InputSplit>, IDisposable
{
    private const int PageSize = 64 << 10, PagesKept = 32;

    private readonly IFileReader _file;
    private readonly ConcurrentDictionary<long, byte[]> _pages = [];
    private readonly PlanFormat _format;

    public PlanReader(IFileReader file, string path)
    {
        _file = file;
        Span<byte> header = stackalloc byte[PlanFormat.HeaderSize];
        if (file.Read(header, 0) < header.Length || BinaryPrimitives.ReadUInt32LittleEndian(header) != PlanFormat.Magic)
            throw new IOException($"'{path}' is not a job plan ({file.Length} bytes): the data folder is damaged; submit the job anew.");
        _format = PlanFormat.ReadHeader(header);
    }

    public int Count => _format.Splits;

    /// <summary>How many of the splits each step reads.</summary>
    public IReadOnlyList<int> SplitsOfSteps
    {
        get
        {
            var table = Read(PlanFormat.StepsAt, 4 * _format.Steps);
            return [.. Enumerable.Range(0, _format.Steps).Select(step => Int32(table, 4 * step))];
        }
    }

    public InputSplit this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            var bounds = Read(_format.FirstPieceAt + 4L * index, 8);
            var (first, end) = (Int32(bounds, 0), Int32(bounds, 4));
            var table = Read(_format.PieceAt + (long)PlanFormat.PieceSize * first, PlanFormat.PieceSize * (end - first));
            var pieces = new FileRange[end - first];
            for (var i = 0; i < pieces.Length; i++) pieces[i] = Piece(table.AsSpan(i * PlanFormat.PieceSize));
            return new InputSplit(pieces);
        }
    }

    /// <summary>A window of the order in which the splits of the first step are to be mapped: largest first.</summary>
    public int[] Order(int start, int count)
    {
        var table = Read(_format.OrderAt + 4L * start, 4 * Math.Max(0, Math.Min(count, Count - start)));
        var order = new int[table.Length / 4];
        for (var i = 0; i < order.Length; i++) order[i] = Int32(table, 4 * i);
        return order;
    }

    public IEnumerator<InputSplit> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _file.Dispose();

    private FileRange Piece(ReadOnlySpan<byte> piece)
    {
        var file = BinaryPrimitives.ReadInt32LittleEndian(piece);
        // The end of the name before is where this one starts.
        var hasBefore = file > 0;
        var table = Read(_format.FileAt + (long)PlanFormat.FileSize * (hasBefore ? file - 1 : 0), PlanFormat.FileSize * (hasBefore ? 2 : 1));
        var entry = table.AsSpan(hasBefore ? PlanFormat.FileSize : 0);
        var start = hasBefore ? BinaryPrimitives.ReadInt64LittleEndian(table) : 0;
        var name = Read(_format.NamesAt + start, (int)(BinaryPrimitives.ReadInt64LittleEndian(entry) - start));
        return new FileRange(
            Encoding.UTF8.GetString(name),
            BinaryPrimitives.ReadInt64LittleEndian(piece[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(piece[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(entry[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(entry[28..]) != 0);
    }

    private byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        for (var done = 0; done < length;)
        {
            var at = offset + done;
            var page = Page(at / PageSize);
            var within = (int)(at % PageSize);
            if (within >= page.Length) throw new IOException($"A job plan ends at byte {_file.Length}, before the entry at {offset}: the data folder is damaged; submit the job anew.");
            var count = Math.Min(length - done, page.Length - within);
            page.AsSpan(within, count).CopyTo(bytes.AsSpan(done));
            done += count;
        }
        return bytes;
    }

    // Splits are claimed in about their order, so that a few pages serve thousands of claims.
    private byte[] Page(long number)
    {
        if (_pages.TryGetValue(number, out var page)) return page;
        page = new byte[(int)Math.Clamp(_file.Length - number * PageSize, 0, PageSize)];
        for (var done = 0; done < page.Length;)
        {
            var read = _file.Read(page.AsSpan(done), number * PageSize + done);
            if (read == 0) throw new IOException($"A job plan ends at byte {number * PageSize + done} while it is read: the data folder is damaged; submit the job anew.");
            done += read;
        }
        if (_pages.Count >= PagesKept) _pages.Clear();
        return _pages[number] = page;
    }

    private static int Int32(byte[] table, int at) => BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(at));
}

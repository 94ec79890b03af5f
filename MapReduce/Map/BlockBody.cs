using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Reads blocks of whole lines.</summary>
internal abstract class BlockBody : IMapBody
{
    /// <summary>Where in the block the mapper is: the line that user code failed on.</summary>
    protected int Position { get; set; }

    public void Map(InputPiece piece, Workspace workspace, BadRecords? bad)
    {
        using var reader = piece.ReadLines();
        long bytesBefore = 0;
        while (reader.Read() is { } block)
        {
            workspace.Progress.Enter("map");
            workspace.Cancellation.ThrowIfCancellationRequested();
            var lines = bad is null ? Map(block, piece, workspace) : MapEachLine(block, piece, workspace, bad);
            workspace.Counters.MapInputRecords += lines;
            workspace.Progress.Add(reader.BytesRead - bytesBefore, lines);
            bytesBefore = reader.BytesRead;
        }
    }

    public virtual void Finish() { }

    private long Map(in LineBlock block, InputPiece piece, Workspace workspace)
    {
        try
        {
            return Process(block);
        }
        catch (Exception error) when (UserCode.IsFault(error, workspace))
        {
            throw UserCode.Failed(piece, block.Offset + Position, error);
        }
    }

    private long MapEachLine(in LineBlock block, InputPiece piece, Workspace workspace, BadRecords bad)
    {
        long lines = 0;
        for (int start = 0, length; start < block.Length; start += length)
        {
            var end = block.Span[start..].IndexOf((byte)'\n');
            length = end < 0 ? block.Length - start : end + 1;
            var line = new LineBlock(block.Buffer, block.Start + start, length, block.Offset + start);
            if (TryMap(line, piece, workspace, bad)) bad.Keep(piece, line.Offset);
            lines++;
        }

        return lines;
    }

    private bool TryMap(in LineBlock line, InputPiece piece, Workspace workspace, BadRecords bad)
    {
        try
        {
            Map(line, piece, workspace);
            return true;
        }
        catch (UserCodeException failed) when (failed.InnerException is { } error && BadRecords.IsOf(error, workspace))
        {
            bad.Skip(piece, line.Offset, line.Span.TrimEnd("\r\n"u8), error);
            return false;
        }
    }

    /// <summary>Maps the lines of a block.</summary>
    /// <returns>How many there were.</returns>
    protected abstract long Process(in LineBlock block);
}

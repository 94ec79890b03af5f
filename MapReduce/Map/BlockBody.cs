using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Reads blocks of whole lines.</summary>
internal abstract class BlockBody : IMapBody
{
    /// <summary>Where in the block the mapper is: the line that user code failed on.</summary>
    protected int Position { get; set; }

    public void Map(InputPiece piece, Workspace workspace)
    {
        using var reader = piece.ReadLines();
        long bytesBefore = 0;
        while (reader.Read() is { } block)
        {
            workspace.Progress.Enter("map");
            workspace.Cancellation.ThrowIfCancellationRequested();
            long lines;
            try
            {
                lines = Process(block);
            }
            catch (Exception error) when (UserCode.IsFault(error, workspace))
            {
                throw UserCode.Failed(piece, block.Offset + Position, error);
            }

            workspace.Counters.MapInputRecords += lines;
            workspace.Progress.Add(reader.BytesRead - bytesBefore, lines);
            bytesBefore = reader.BytesRead;
        }
    }

    public virtual void Finish() { }

    /// <summary>Maps the lines of a block.</summary>
    /// <returns>How many there were.</returns>
    protected abstract long Process(in LineBlock block);
}

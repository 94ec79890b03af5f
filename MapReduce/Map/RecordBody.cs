using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Reads the records of a format and pushes them to a mapper.</summary>
internal sealed class RecordBody<T>(InputFormat<T> format, Sink<T> sink) : IMapBody
{
    // Progress is told so often, and whenever bytes were read: a record may be a whole file.
    private const int RecordsBetweenReports = 64;

    public void Map(InputPiece piece, Workspace workspace, BadRecords? bad)
    {
        using var reader = Open(piece, workspace);
        workspace.Progress.Enter("map");
        long bytesBefore = 0;
        var records = 0;
        while (Read(reader, piece, workspace))
        {
            if (bad is null) Map(reader, piece, workspace);
            else if (TryMap(reader, piece, workspace, bad)) bad.Keep(piece, reader.Offset);
            records++;
            if (records < RecordsBetweenReports && piece.BytesRead == bytesBefore) continue;
            Report(piece.BytesRead - bytesBefore, records, workspace);
            (bytesBefore, records) = (piece.BytesRead, 0);
        }

        Report(piece.BytesRead - bytesBefore, records, workspace);
    }

    public void Finish() { }

    private RecordReader<T> Open(InputPiece piece, Workspace workspace)
    {
        try
        {
            return format.Open(piece);
        }
        catch (Exception error) when (BadRecords.IsOf(error, workspace))
        {
            throw Unreadable(piece, piece.Offset, error);
        }
    }

    private static bool Read(RecordReader<T> reader, InputPiece piece, Workspace workspace)
    {
        try
        {
            // A reader of what cannot be cut may know nothing of samples, which end before the content does.
            return reader.Read() && piece.Holds(reader.Offset);
        }
        catch (Exception error) when (BadRecords.IsOf(error, workspace))
        {
            throw Unreadable(piece, reader.Offset, error);
        }
    }

    private void Map(RecordReader<T> reader, InputPiece piece, Workspace workspace)
    {
        var record = Parse(reader, piece, workspace);
        try
        {
            sink.Put(record);
        }
        catch (Exception error) when (UserCode.IsFault(error, workspace))
        {
            throw UserCode.Failed(piece, reader.Offset, error);
        }
    }

    private bool TryMap(RecordReader<T> reader, InputPiece piece, Workspace workspace, BadRecords bad)
    {
        try
        {
            sink.Put(reader.Parse());
            return true;
        }
        catch (Exception error) when (BadRecords.IsOf(error, workspace))
        {
            bad.Skip(piece, reader.Offset, reader.Bytes, error);
            return false;
        }
    }

    private static T Parse(RecordReader<T> reader, InputPiece piece, Workspace workspace)
    {
        try
        {
            return reader.Parse();
        }
        catch (Exception error) when (BadRecords.IsOf(error, workspace))
        {
            throw new InputException($"Input '{piece.Path}' has a bad record at offset {reader.Offset}: {UserCode.Describe(error)} Mend the file, or let bad records be skipped (SkipBadRecords).", error);
        }
    }

    private static void Report(long bytes, int records, Workspace workspace)
    {
        workspace.Cancellation.ThrowIfCancellationRequested();
        workspace.Counters.MapInputRecords += records;
        workspace.Progress.Add(bytes, records);
    }

    private static InputException Unreadable(InputPiece piece, long offset, Exception error) =>
        new($"Input '{piece.Path}' cannot be read behind offset {offset}: {UserCode.Describe(error)} Is it of the format that the job expects?", error);
}

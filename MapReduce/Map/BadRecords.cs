using System.Text.Unicode;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Map;

/// <summary>Leaves out the records of an attempt that are bad, up to the job's limit: what they emitted and counted, too. Each is counted and saved.</summary>
internal sealed class BadRecords(IStage stage, TaskContext task, Workspace workspace)
{
    private const int MostBytesSaved = 64 << 10;

    private readonly List<string> _first = [];
    private Stream? _saved;

    /// <summary>False for what says nothing of the record: a disk that fails, memory that is short, an attempt that must stop.</summary>
    public static bool IsOf(Exception error, Workspace workspace) =>
        UserCode.IsFault(error, workspace) && error is EndOfStreamException or not (IOException or UnauthorizedAccessException or OutOfMemoryException);

    /// <summary>A record was good.</summary>
    /// <exception cref="UserCodeException">The job's own code failed on what the record emitted, too late to leave it out; names the file and the offset.</exception>
    public void Keep(InputPiece piece, long offset)
    {
        try
        {
            Keep();
        }
        catch (Exception error) when (UserCode.IsFault(error, workspace))
        {
            throw UserCode.Failed(piece, offset, error);
        }
    }

    /// <summary>What came from no record stands: from the mapper's setup, or its finish.</summary>
    public void Keep()
    {
        stage.Keep();
        task.Keep();
    }

    /// <summary>The last record was bad.</summary>
    /// <exception cref="InputException">It is one too many.</exception>
    public void Skip(InputPiece piece, long offset, ReadOnlySpan<byte> record, Exception error)
    {
        stage.Drop();
        task.Drop();
        // A sample reads what the maps will read again, and count.
        if (task.Lease.Task.Kind == TaskKind.Sample) return;
        workspace.Counters.MapSkippedRecords++;
        Save(piece.Path, offset, record, UserCode.Describe(error));
        if (_first.Count < BadRecordFile.Shown) _first.Add(BadRecordFile.Describe(piece.Path, offset, UserCode.Describe(error)));
        if (workspace.Counters.MapSkippedRecords > task.Lease.Spec.SkipBadRecords)
            throw new InputException(BadRecordFile.TooMany(workspace.Counters.MapSkippedRecords, task.Lease.Spec.SkipBadRecords, _first), error);
        task.Keep();
    }

    /// <summary>There are no more records.</summary>
    public void End()
    {
        _saved?.Dispose();
        Keep();
    }

    private void Save(string path, long offset, ReadOnlySpan<byte> record, string reason)
    {
        _saved ??= task.Files.CreateFile(BadRecordFile.Name);
        var some = record[..Math.Min(record.Length, MostBytesSaved)].ToArray();
        var length = record.Length;
        _saved.Write(Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("file", path);
            writer.WriteNumber("offset", offset);
            writer.WriteString("reason", reason);
            writer.WriteNumber("length", length);
            if (Utf8.IsValid(some)) writer.WriteString("record", some);
            else writer.WriteBase64String("recordBase64", some);
            writer.WriteEndObject();
        }));
        _saved.WriteByte((byte)'\n');
    }
}

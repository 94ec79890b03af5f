using MapReduce.Input;
using MapReduce.Storage;

namespace MapReduce.Worker;

/// <summary>Remembers that the disk of a work directory is full until something can be written to it again. Safe for concurrent use.</summary>
/// <param name="files">The disk.</param>
/// <param name="workDirectory">The work directory.</param>
/// <param name="room">Bytes with less than which an attempt is not worth its start.</param>
internal sealed class FullDisk(IFileSystem files, string workDirectory, int room)
{
    private const int LargestPiece = 1 << 20;

    private readonly Lock _lock = new();
    private volatile bool _isFull;

    public void Found() => _isFull = true;

    /// <summary>Why no attempt should start now; null when one may. While the disk was full, tries whether it still is.</summary>
    public string? Refusal()
    {
        if (!_isFull) return null;
        lock (_lock)
        {
            if (_isFull && !CanWrite(out var reason)) return $"The disk of '{workDirectory}' is full ({reason}): free some space. The worker claims again when {ByteSize.Exactly(room)} can be written.";
            _isFull = false;
            return null;
        }
    }

    private bool CanWrite(out string? reason)
    {
        var path = Path.Combine(workDirectory, "space-probe");
        try
        {
            using (var file = files.Create(path))
            {
                var piece = new byte[Math.Min(room, LargestPiece)];
                for (var written = 0; written < room; written += piece.Length) file.Write(piece);
            }
            reason = null;
            return true;
        }
        catch (IOException full)
        {
            reason = full.Message;
            return false;
        }
        finally
        {
            files.Delete(path);
        }
    }
}

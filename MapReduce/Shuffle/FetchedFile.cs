using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>A file that takes segments as they come, one after the other; made when the first byte comes.</summary>
internal sealed class FetchedFile(IFileSystem files, string path) : IDisposable
{
    private IFileWriter? _writer;

    public string Path => path;

    /// <summary>Writes the segment that comes next.</summary>
    /// <returns>Its offset in the file; null when it came damaged, all of it read and none of it to be used.</returns>
    public long? Take(SegmentStream body, SegmentFrame frame, Action<long> arrived)
    {
        _writer ??= files.Create(path);
        var (offset, verifier) = (_writer.Length, new SegmentVerifier(frame.Records));
        for (var left = frame.Length; left > 0;)
        {
            var piece = body.Read(left);
            verifier.Add(piece);
            _writer.Write(piece);
            left -= piece.Length;
            arrived(piece.Length);
        }

        return verifier.IsWhole ? offset : null;
    }

    public void Dispose() => _writer?.Dispose();
}

using System.IO.Pipelines;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>The answer to a <see cref="SegmentRequest"/>: frames and segments in the order of the request. Written once.</summary>
public sealed class SegmentAnswer
{
    // Long reads and writes: a pump of 4 KiB pages, or of 64 KiB, spends its time on calls.
    private const int Piece = 256 << 10;

    private readonly IFileSystem _files;
    private readonly IReadOnlyList<SegmentPart> _parts;

    internal SegmentAnswer(IFileSystem files, IReadOnlyList<SegmentPart> parts)
    {
        (_files, _parts) = (files, parts);
        foreach (var part in parts) Length += part.Frame.HeaderLength + part.Frame.Length;
    }

    /// <summary>Bytes of the whole answer.</summary>
    public long Length { get; }

    /// <summary>Writes the answer; what is written waits in the pipe for at most a few pieces of 256 KiB.</summary>
    /// <exception cref="IOException">A map output vanished or shrank meanwhile: the answer cannot be completed, and its reader must learn so by a connection that breaks.</exception>
    public async Task WriteToAsync(PipeWriter to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        var waiting = 0;
        foreach (var part in _parts)
        {
            waiting += WriteFrame(to, part.Frame);
            if (part.Frame.Length == 0) continue;
            using var file = _files.OpenRead(part.Path);
            for (long done = 0; done < part.Frame.Length;)
            {
                var count = (int)Math.Min(Piece, part.Frame.Length - done);
                Copy(file, part, done, count, to);
                done += count;
                waiting += count;
                if (waiting < Piece) continue;
                waiting = 0;
                // A reader that has gone is a reader that asks again if it needs the rest.
                if ((await to.FlushAsync(cancellationToken)).IsCompleted) return;
            }
        }

        await to.FlushAsync(cancellationToken);
    }

    private static int WriteFrame(PipeWriter to, SegmentFrame frame)
    {
        var length = frame.HeaderLength;
        frame.WriteTo(to.GetSpan(length)[..length]);
        to.Advance(length);
        return length;
    }

    private static void Copy(IFileReader file, SegmentPart part, long done, int count, PipeWriter to)
    {
        var read = file.Read(to.GetSpan(count)[..count], part.Offset + done);
        if (read < count) throw new EndOfStreamException($"Map output '{part.Path}' ended at byte {part.Offset + done + read}: it was cut off while it was served.");
        to.Advance(count);
    }
}

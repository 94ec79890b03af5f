using MapReduce.Protocol;
using MapReduce.Spill;
using MapReduce.Storage;

namespace MapReduce.Shuffle;

/// <summary>Answers requests for segments from the map outputs of a work directory. Safe for concurrent use.</summary>
/// <param name="files">The disk.</param>
/// <param name="workDirectory">The worker's own folder.</param>
public sealed class SegmentServer(IFileSystem files, string workDirectory)
{
    /// <summary>Finds what a request asks for: reads the index of each map output.</summary>
    /// <returns>The answer, of known length, not yet read.</returns>
    public SegmentAnswer Open(SegmentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SegmentAnswer(files, [.. request.Maps.Select(map => Find(request, map))]);
    }

    private SegmentPart Find(SegmentRequest request, RequestedMap map)
    {
        var path = WorkDirectory.MapOutput(workDirectory, request.JobId, new TaskId(request.Step, TaskKind.Map, map.Map), map.Token);
        var found = new SegmentFrame(map.Map, map.Token, SegmentState.Found, IsSorted: true, Length: 0, Records: 0);
        try
        {
            return RunFile.Open(files, path).Find(request.Partition) is { } segment
                ? new SegmentPart(found with { IsSorted = segment.IsSorted, Length = segment.Length, Records = segment.Records }, path, segment.Offset)
                : new SegmentPart(found, path, 0);
        }
        catch (InvalidDataException)
        {
            return new SegmentPart(found with { State = SegmentState.Corrupt }, path, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SegmentPart(found with { State = SegmentState.Gone }, path, 0);
        }
    }
}

/// <summary>A frame, and where its segment lies.</summary>
internal readonly record struct SegmentPart(SegmentFrame Frame, string Path, long Offset);

using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;

namespace MapReduce.Worker;

/// <summary>Says of an exception whose fault it is, and whether another attempt can do better.</summary>
internal static class AttemptFailures
{
    private const int NoSpaceUnix = 28; // ENOSPC
    private const int NoSpaceWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    public static AttemptFailure Of(Exception error, TaskLease lease, IReadOnlyList<Segment> segments, bool isOnlyHost) => error switch
    {
        InputException => new AttemptFailure(FailureKind.User, error.Message, IsFinal: true),
        UserCodeException => new AttemptFailure(FailureKind.User, error.Message),
        CorruptRunException corrupt when segments.FirstOrDefault(segment => segment.Path == corrupt.Path && !segment.IsFetched) is { } segment =>
            new AttemptFailure(FailureKind.Fetch, error.Message, FetchFailures: [new FetchFailure(segment.Source.Map, segment.Source.Token, FetchFault.Corrupt)]),
        FileNotFoundException { FileName: { } path } when segments.FirstOrDefault(segment => segment.Path == path && !segment.IsFetched) is { } segment =>
            new AttemptFailure(FailureKind.Fetch, error.Message, FetchFailures: [new FetchFailure(segment.Source.Map, segment.Source.Token, FetchFault.Gone)]),
        _ when IsDiskFull(error) => new AttemptFailure(
            FailureKind.Worker, $"The disk is full: {error.Message} Task {lease.Task} needs room for its runs and output; free some, or give another folder.", IsFinal: isOnlyHost),
        // Of several workers another may have the right.
        UnauthorizedAccessException => new AttemptFailure(
            isOnlyHost ? FailureKind.User : FailureKind.Worker, $"{error.Message} Give this account the right to it and run the job again.", IsFinal: isOnlyHost),
        OutOfMemoryException => new AttemptFailure(
            FailureKind.Worker, $"This machine has too little memory for task {lease.Task}: it may take {lease.Spec.MemoryPerSlot >> 20} MiB. Give each worker less, or run fewer.", IsFinal: isOnlyHost),
        IOException => new AttemptFailure(FailureKind.Worker, $"Task {lease.Task} failed on this worker: {error.Message}"),
        _ => new AttemptFailure(FailureKind.User, $"Task {lease.Task} failed: {UserCode.Describe(error)}"),
    };

    public static bool IsDiskFull(Exception error) => error is IOException { HResult: NoSpaceUnix or NoSpaceWindows };
}

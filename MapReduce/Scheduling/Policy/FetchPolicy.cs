namespace MapReduce.Scheduling.Policy;

/// <summary>When a map output counts as lost because reducers cannot read it.</summary>
internal static class FetchPolicy
{
    /// <summary>Reports of an unreachable output that are enough, however many reduces run.</summary>
    public const int EnoughReports = 3;

    /// <summary>True when the output must be made again.</summary>
    /// <param name="isCorrupt">A checksum proved it wrong: once is enough.</param>
    /// <param name="reports">Reports on this output so far.</param>
    /// <param name="runningReduces">Reduces that run now, the reporting one among them.</param>
    public static bool IsLost(bool isCorrupt, int reports, int runningReduces) =>
        isCorrupt || reports >= EnoughReports || reports * 2 >= runningReduces;
}

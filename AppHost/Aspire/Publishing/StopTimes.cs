namespace MapReduce.AppHost.Aspire.Publishing;

/// <summary>How long a container may take to end before it is killed.</summary>
internal static class StopTimes
{
    /// <summary>A worker serves its map outputs for up to 60 s after it was told to leave.</summary>
    public const int WorkerSeconds = 75;
}

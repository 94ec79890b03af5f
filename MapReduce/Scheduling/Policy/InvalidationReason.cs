namespace MapReduce.Scheduling.Policy;

/// <summary>Why a win was taken back, as the ledger says it.</summary>
internal static class InvalidationReason
{
    /// <summary>Found by a master, between the win and the commit.</summary>
    public const string FileMissing = "its output file is missing";

    /// <summary>Found by a reduce, whose one word is enough.</summary>
    public const string Corrupt = "a reduce proved it corrupt";

    /// <summary>The worker that held the output, drained ones included, has no registration any more.</summary>
    public static string WorkerLost(string worker) => $"its worker {worker} left or fell silent";

    /// <summary>So many reports make an output lost, by <see cref="FetchPolicy"/>.</summary>
    public static string Unreachable(int reports) => reports == 1 ? "1 reduce could not fetch it" : $"{reports} reduces could not fetch it";
}

using MapReduce.Protocol;

namespace MapReduce.Scheduling.Memory;

/// <summary>An attempt that was not given up. The entry is the fence; <see cref="ExpiresAt"/> is the lease, the timer.</summary>
internal sealed class RunRecord(LeaseKey key, string worker, int attempt, bool isBackup, int number, long startedAt, long expiresAt)
{
    public LeaseKey Key { get; } = key;
    public string Worker { get; } = worker;
    public int Attempt { get; } = attempt;
    public bool IsBackup { get; } = isBackup;

    /// <summary>Counts the grants of the job, 1 first: the order of its attempts.</summary>
    public int Number { get; } = number;

    public long StartedAt { get; } = startedAt;
    public long ExpiresAt { get; set; } = expiresAt;
    public bool IsAcknowledged { get; set; }
    public AttemptSnapshot Progress { get; set; } = new(0, 0, "granted");

    public RunRecord Clone() => (RunRecord)MemberwiseClone();
}

/// <summary>Names an attempt within its job.</summary>
internal sealed record LeaseKey(TaskId Task, string Token);

using MapReduce.Input;
using MapReduce.Protocol;

namespace MapReduce.Remote.Wire;

/// <summary>Asks for tasks.</summary>
/// <param name="WorkerId">Who asks.</param>
/// <param name="Max">Tasks at most.</param>
/// <param name="WaitMs">How long to wait for the first, milliseconds.</param>
public sealed record ClaimMessage(string WorkerId, int Max, int WaitMs);

/// <summary>The tasks granted.</summary>
/// <param name="Groups">In the order in which they are to be run.</param>
public sealed record ClaimReply(IReadOnlyList<LeaseGroup> Groups);

/// <summary>Leases in a row of one step of one job, with what is common to them.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Spec">The job's description.</param>
/// <param name="Reducers">Reduce tasks of the step.</param>
/// <param name="Duration">How long the leases last from each renewal.</param>
/// <param name="Fingerprint">Of the job, for announcements.</param>
/// <param name="Leases">At least one.</param>
/// <param name="Boundaries">The step's range boundaries, in a sampled step.</param>
/// <param name="ShuffleSecret">What readers of the job's map outputs must show.</param>
/// <param name="TraceParent">The job's span.</param>
public sealed record LeaseGroup(
    string JobId,
    SpecMessage Spec,
    int Reducers,
    TimeSpan Duration,
    string Fingerprint,
    IReadOnlyList<LeaseMessage> Leases,
    byte[]? Boundaries = null,
    string? ShuffleSecret = null,
    string? TraceParent = null)
{
    /// <summary>Names the group without its secret, so that it may be logged.</summary>
    public override string ToString() => $"{Leases.Count} leases of job {JobId}";
}

/// <summary>One lease of a group.</summary>
/// <param name="Task">The task.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="IsBackup">True beside a slow attempt.</param>
/// <param name="Split">The input of a map task.</param>
/// <param name="SampledSplits">The input of the sampling task.</param>
/// <param name="MapOutputsVersion">Of the map outputs that a reduce task reads: where they lie is fetched once for each version.</param>
public sealed record LeaseMessage(
    TaskId Task,
    string Token,
    int Attempt,
    bool IsBackup = false,
    IReadOnlyList<FileRange>? Split = null,
    IReadOnlyList<IReadOnlyList<FileRange>>? SampledSplits = null,
    long? MapOutputsVersion = null);

/// <summary>Reports completed attempts and asks for tasks.</summary>
/// <param name="WorkerId">Who reports.</param>
/// <param name="Completed">The attempts that ended well.</param>
/// <param name="Max">Tasks at most; 0 for none.</param>
public sealed record ExchangeMessage(string WorkerId, IReadOnlyList<CompletedMessage> Completed, int Max = 0);

/// <summary>The answer to an exchange.</summary>
/// <param name="Answers">One per completed attempt, in their order.</param>
/// <param name="Groups">The tasks granted.</param>
public sealed record ExchangeReply(IReadOnlyList<CompleteAnswer> Answers, IReadOnlyList<LeaseGroup> Groups);

/// <summary>A completed attempt.</summary>
/// <param name="Lease">The attempt.</param>
/// <param name="Result">What it leaves behind.</param>
public sealed record CompletedMessage(LeaseRef Lease, ResultMessage Result);

/// <summary>Renews leases; the first renewal of a lease acknowledges it.</summary>
/// <param name="WorkerId">Who holds them.</param>
/// <param name="Renewals">The leases with their progress.</param>
public sealed record RenewMessage(string WorkerId, IReadOnlyList<RenewRequest> Renewals);

/// <summary>The answer to a renewal.</summary>
/// <param name="Answers">One per lease, in their order.</param>
public sealed record RenewReply(IReadOnlyList<RenewAnswer> Answers);

/// <summary>Reports a failed attempt.</summary>
/// <param name="WorkerId">Who reports.</param>
/// <param name="Lease">The attempt.</param>
/// <param name="Failure">Why.</param>
public sealed record FailMessage(string WorkerId, LeaseRef Lease, AttemptFailure Failure);

/// <summary>Gives a lease back.</summary>
/// <param name="WorkerId">Who held it.</param>
/// <param name="Lease">The attempt.</param>
public sealed record ReleaseMessage(string WorkerId, LeaseRef Lease);

/// <summary>Offers map outputs to a master that lost its memory of them.</summary>
/// <param name="WorkerId">Who holds them.</param>
/// <param name="Outputs">The outputs.</param>
public sealed record AnnounceMessage(string WorkerId, IReadOnlyList<AnnouncedMessage> Outputs);

/// <summary>One map output that is offered.</summary>
/// <param name="Output">The attempt that made it.</param>
/// <param name="Fingerprint">Of its job.</param>
/// <param name="Result">As it was reported.</param>
public sealed record AnnouncedMessage(LeaseRef Output, string Fingerprint, ResultMessage Result);

/// <summary>The answer to announcements.</summary>
/// <param name="Answers">One per output, in their order: true when it wins its task.</param>
public sealed record AnnounceReply(IReadOnlyList<bool> Answers);

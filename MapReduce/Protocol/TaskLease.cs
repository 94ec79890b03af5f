using MapReduce.Input;

namespace MapReduce.Protocol;

/// <summary>The kinds of task, in the order in which a step runs them.</summary>
public enum TaskKind
{
    /// <summary>Reads a sample of the input and finds the range boundaries. One task a step; only in sampled steps.</summary>
    Sample,

    /// <summary>Reads one split and writes one map output (or, in a map-only step, one part of the output).</summary>
    Map,

    /// <summary>Merges one partition of all map outputs and writes one part of the output.</summary>
    Reduce,
}

/// <summary>Names a task within a job.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Kind">Sample, map or reduce.</param>
/// <param name="Index">The task, from 0: the split of a map task, the partition of a reduce task.</param>
public readonly record struct TaskId(int Step, TaskKind Kind, int Index)
{
    /// <summary>As in logs and file names: <c>0-m-00012</c>.</summary>
    public override string ToString() => $"{Step}-{Kind switch { TaskKind.Sample => 's', TaskKind.Map => 'm', _ => 'r' }}-{Index:D5}";
}

/// <summary>
/// One attempt at a task, granted to one worker for a time. The token fences it: whatever the worker reports is taken only
/// while the token stands. Tokens (<c>attempt.nonce64</c>) are compared for equality, never by order.
/// </summary>
public sealed record TaskLease
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The task.</summary>
    public required TaskId Task { get; init; }

    /// <summary>The fencing token, <c>attempt.nonce64</c>, safe as a file name.</summary>
    public required string Token { get; init; }

    /// <summary>The attempt's number, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How long the lease lasts from each renewal.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The job's description.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>Reduce tasks of the step; 0 in a map-only step.</summary>
    public required int Reducers { get; init; }

    /// <summary>The input of a map task; null otherwise.</summary>
    public InputSplit? Split { get; init; }

    /// <summary>The input of the sampling task: all the splits; null otherwise.</summary>
    public IReadOnlyList<InputSplit>? SampledSplits { get; init; }

    /// <summary>The range boundaries that the sampling task found; null in a step that is not sampled.</summary>
    public byte[]? Boundaries { get; init; }

    /// <summary>Where the map outputs of the step lie, by map index; null except for a reduce task, and null until a client that looks them up by their version has done so.</summary>
    public IReadOnlyList<MapOutputLocation>? MapOutputs { get; init; }

    /// <summary>
    /// The version of the winners of the maps that a reduce task reads; 0 for other tasks. Leases of one step and version read
    /// the same map outputs, so that these can be looked up once.
    /// </summary>
    public long MapOutputsVersion { get; init; }

    /// <summary>True for the second attempt beside a slow one.</summary>
    public bool IsBackup { get; init; }

    /// <summary>Hash of the job's spec and plan: what a map output is announced with after the master lost its memory.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What a reader must show to be given map outputs of this job, random for each job; null where map outputs never leave their host.</summary>
    public string? ShuffleSecret { get; init; }

    /// <summary>The job's span as a W3C <c>traceparent</c>, of which the attempt's span is a child; null when the job is not traced.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>Where the output of a finished map task lies.</summary>
/// <param name="Map">The map task.</param>
/// <param name="Token">The winner's token.</param>
/// <param name="Worker">The worker that ran it and serves it.</param>
/// <param name="SpanId">The trace span of the attempt that made it; 0 when it is not traced.</param>
public sealed record MapOutputLocation(int Map, string Token, string Worker, ulong SpanId = 0);

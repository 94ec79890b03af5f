using MapReduce.Counters;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Spill;

namespace MapReduce;

/// <summary>What user code may know of its attempt, and count. Belongs to one attempt; not safe for concurrent use.</summary>
public sealed class TaskContext
{
    // Every report of an attempt carries its counters, and the master keeps them of every task.
    private const int MostCounters = 100, LongestName = 128;

    // Each renewal of the lease carries it.
    private const int LongestStatus = 256;

    private readonly CounterSet _counters;
    private CounterSet? _staged;

    internal TaskContext(TaskLease lease, Workspace workspace, CounterSet counters, AttemptFiles files) =>
        (Lease, Workspace, _counters, Files) = (lease, workspace, counters, files);

    /// <summary>The job's id: the same for all its tasks, and for no other job.</summary>
    public string JobId => Lease.JobId;

    /// <summary>The task: its step, its kind and its index, which is the partition in a reduce task.</summary>
    public TaskId Task => Lease.Task;

    /// <summary>The number of this attempt at the task, from 1. A backup attempt counts, too: two attempts may run at once.</summary>
    public int Attempt => Lease.Attempt;

    /// <summary>The input file of the current line or block, absolute; empty in a reduce task.</summary>
    public string InputPath
    {
        get => InputName ?? field;
        internal set;
    } = "";

    /// <summary>Set when the attempt must stop: its work is no longer wanted. Only code that runs for seconds needs to look.</summary>
    public CancellationToken Cancelled => Workspace.Cancellation;

    /// <summary>
    /// What the attempt is doing, in a few words, for those who watch; cut at 256 characters. Empty (the default) for nothing. To set it,
    /// to the same text even, also says that the attempt is alive: one that neither does so nor reads or writes runs into the task's time limit.
    /// </summary>
    public string Status
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Length <= LongestStatus ? value : value[..(char.IsHighSurrogate(value[LongestStatus - 1]) ? LongestStatus - 1 : LongestStatus)];
            Workspace.Progress.Tell(field);
        }
    } = "";

    /// <summary>The file that all records of the task are of, where they come from it by another way; null (the default) where they are read from it.</summary>
    internal string? InputName { get; set; }

    internal TaskLease Lease { get; }

    internal Workspace Workspace { get; }

    internal AttemptFiles Files { get; }

    /// <summary>True when records that are bad are left out.</summary>
    internal bool SkipsBadRecords => Lease.Spec.SkipBadRecords > 0;

    /// <summary>Adds to a counter of the job's own. Only the attempts that win are counted, each task once.</summary>
    /// <exception cref="ArgumentException">The name is empty or longer than 128 characters.</exception>
    /// <exception cref="InvalidOperationException">The task would have more than 100 counters: what there are many of belongs in the output.</exception>
    public void Count(string counter, long by = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(counter);
        if (counter.Length > LongestName)
            throw new ArgumentException($"The counter '{counter[..LongestName]}...' has a name of {counter.Length} characters (limit {LongestName}): shorten it.", nameof(counter));
        if (_counters.Count + (_staged?.Count ?? 0) >= MostCounters && _counters[counter] == 0 && _staged?[counter] is null or 0)
            throw new InvalidOperationException($"Counter '{counter}' would be one more than the {MostCounters} that a task may have: counters are totals of a job; emit as records what there are many of.");
        (_staged ?? _counters).Add(counter, by);
    }

    /// <summary>From now on what is counted, and what is written to files, waits until it is said whether it stands.</summary>
    internal void Stage()
    {
        _staged = [];
        Files.Stage();
    }

    /// <summary>What was counted and written since the last time stands.</summary>
    internal void Keep()
    {
        Files.Keep();
        if (_staged is not { Count: > 0 } staged) return;
        _counters.Add(staged);
        _staged = [];
    }

    /// <summary>What was counted and written since the last time does not stand.</summary>
    internal void Drop()
    {
        Files.Drop();
        if (_staged is { Count: > 0 }) _staged = [];
    }

    /// <summary>
    /// Creates a file beside the task's part, written byte by byte: <c>chart.png</c> of reduce task 3 becomes <c>chart-r-00003.png</c> of
    /// the output (<c>chart-0-r-00003.png</c> in the first step of several). It is there only when the attempt wins and the job succeeds.
    /// </summary>
    /// <param name="name">A plain file name, up to 100 characters.</param>
    /// <returns>
    /// The file, empty. Dispose of it, or of the writer over it, in <c>Finish</c> at the latest: an attempt that leaves it open fails, since
    /// a writer may hold its last bytes back.
    /// </returns>
    /// <exception cref="ArgumentException">It is no name for a file, begins with '_' or '.', or is <c>part</c>.</exception>
    /// <exception cref="InvalidOperationException">The task has such a file already, or 64 open ones, or 1,000.</exception>
    public Stream CreateFile(string name)
    {
        OutputNames.Check(name);
        return Files.CreateFile(name);
    }

    /// <summary>The same for a file of text, in UTF-8 with LF at the end of lines, of which nothing is lost when it is left open.</summary>
    /// <param name="name">A plain file name, up to 100 characters.</param>
    /// <returns>The file, empty. It may be closed to make room for others, and is at the end of the task.</returns>
    /// <inheritdoc cref="CreateFile" path="/exception"/>
    public TextWriter CreateTextFile(string name)
    {
        OutputNames.Check(name);
        return Files.CreateTextFile(name);
    }

    /// <summary>
    /// A named output beside the task's part, for records of any types: <c>errors</c> of map task 3 becomes <c>errors-m-00003</c> of the
    /// output (<c>errors-0-m-00003</c> in the first step of several). It is there only when the attempt wins and the job succeeds.
    /// </summary>
    /// <param name="name">As of <see cref="CreateFile"/>. The same name gives the same output again.</param>
    /// <param name="format">Its format when the name is new; null (the default) for lines of text.</param>
    /// <exception cref="ArgumentException">It is no name for a file, begins with '_' or '.', or is <c>part</c>.</exception>
    /// <exception cref="InvalidOperationException">The name stands for a file or for other types already, or the task has 64 open files.</exception>
    public Writer<TKey, TValue> Output<TKey, TValue>(string name, OutputFormat<TKey, TValue>? format = null)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        OutputNames.Check(name);
        return Files.Output(name, format);
    }
}

using MapReduce.Counters;

namespace MapReduce;

/// <summary>What user code may know of its attempt, and count. Belongs to one attempt; not safe for concurrent use.</summary>
public sealed class TaskContext
{
    // Every report of an attempt carries its counters, and the master keeps them of every task.
    private const int MostCounters = 100, LongestName = 128;

    private readonly CounterSet _counters;

    internal TaskContext(CounterSet counters, CancellationToken cancellation) => (_counters, Cancelled) = (counters, cancellation);

    /// <summary>The input file of the current line or block, absolute; empty in a reduce task.</summary>
    public string InputPath { get; internal set; } = "";

    /// <summary>Set when the attempt must stop: its work is no longer wanted. Only code that runs for seconds needs to look.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Adds to a counter of the job's own. Only the attempts that win are counted, each task once.</summary>
    /// <exception cref="ArgumentException">The name is empty or longer than 128 characters.</exception>
    /// <exception cref="InvalidOperationException">The task would have more than 100 counters: what there are many of belongs in the output.</exception>
    public void Count(string counter, long by = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(counter);
        if (counter.Length > LongestName)
            throw new ArgumentException($"The counter '{counter[..LongestName]}...' has a name of {counter.Length} characters (limit {LongestName}): shorten it.", nameof(counter));
        if (_counters.Count >= MostCounters && _counters[counter] == 0)
            throw new InvalidOperationException($"Counter '{counter}' would be one more than the {MostCounters} that a task may have: counters are totals of a job; emit as records what there are many of.");
        _counters.Add(counter, by);
    }
}

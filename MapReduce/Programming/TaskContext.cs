using MapReduce.Counters;

namespace MapReduce;

/// <summary>What user code may know of its attempt, and count. Belongs to one attempt; not safe for concurrent use.</summary>
public sealed class TaskContext
{
    private readonly CounterSet _counters;

    internal TaskContext(CounterSet counters, CancellationToken cancellation) => (_counters, Cancelled) = (counters, cancellation);

    /// <summary>The input file of the current line or block, absolute; empty in a reduce task.</summary>
    public string InputPath { get; internal set; } = "";

    /// <summary>Set when the attempt must stop: its work is no longer wanted. Only code that runs for seconds needs to look.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Adds to a counter of the job's own. Only the attempts that win are counted, each task once.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public void Count(string counter, long by = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(counter);
        _counters.Add(counter, by);
    }
}

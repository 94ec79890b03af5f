namespace MapReduce.Testing;

/// <summary>What a job gave in a test. Immutable.</summary>
public sealed class JobTestResult
{
    internal JobTestResult(IReadOnlyDictionary<string, byte[]> files, IReadOnlyDictionary<string, long> counters) =>
        (Files, Counters) = (files, counters);

    /// <summary>
    /// The lines of the job's parts, in the order of the parts. <see cref="JobTest"/> runs with one reduce task where it can, so
    /// the lines of a job that reduces ascend by key.
    /// </summary>
    public IReadOnlyList<string> Lines => OutputLines.Of(Files, "part");

    /// <summary>The lines of one named output, in the order of its parts.</summary>
    /// <param name="name">The output's name; its files are called <c>name-r-00000</c> or <c>name-m-00000</c>.</param>
    public IReadOnlyList<string> LinesOf(string name) => OutputLines.Of(Files, name);

    /// <summary>Everything that the job left in its output directory but <c>_SUCCESS</c>: content by path, in ordinal order.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>The job's own counters and those of the engine (<see cref="Counters.CounterNames"/>).</summary>
    public IReadOnlyDictionary<string, long> Counters { get; }
}

using System.Security.Cryptography;
using MapReduce.Protocol;

namespace MapReduce.Testing;

/// <summary>
/// Runs jobs in tests, by the engine of every run, and tries what must not change their output. Needs no test framework; a failure
/// is a <see cref="JobTestException"/>. Safe for concurrent use, unless the job itself is not.
/// </summary>
/// <example><c>var counts = JobTest.Run(new WordCount(), ["to be", "or not"]);</c></example>
public static class JobTest
{
    /// <summary>
    /// Runs a job with its default options over one file of lines: once in the plainest way, whose result is returned, then cut into
    /// many splits, with several reduce tasks, with its combiner never run, run often, and run on what it gave for halves of the values.
    /// All must write the same records to the parts and to each named output, whatever their order; headers are no records. Side files
    /// are not compared: there is one for each task.
    /// </summary>
    /// <param name="job">The job; options that must be set need the overload that takes a plan.</param>
    /// <param name="lines">The input; each ends with LF.</param>
    /// <exception cref="JobTestException">The job fails, one of these runs gives another output, or the combiner is not associative and commutative.</exception>
    public static JobTestResult Run(IMapReduceJob job, params IEnumerable<string> lines) => Run(PlanOf(job), lines);

    /// <summary>The same for a plan, which has its options.</summary>
    /// <inheritdoc cref="Run(IMapReduceJob, IEnumerable{string})" path="/exception"/>
    public static JobTestResult Run(JobPlan plan, params IEnumerable<string> lines) => Run(plan, [new TestFile("input.txt", lines)]);

    /// <summary>The same over several files, or files that are no lines.</summary>
    /// <inheritdoc cref="Run(IMapReduceJob, IEnumerable{string})" path="/exception"/>
    public static JobTestResult Run(JobPlan plan, IReadOnlyList<TestFile> files)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var bench = new TestBench(files);
        var expected = bench.Run(plan, TestVariant.Plain, seed: null);
        foreach (var variant in TestVariant.Others(bench.Bytes))
        {
            var flaws = new List<string>();
            var result = bench.Run(variant.Change(plan, flaws.Add), variant, seed: null);
            if (flaws.Count > 0) throw new JobTestException($"The output would depend on how the input is cut: {flaws[0]}.");
            if (TestDifference.InRecords(expected, result, "in one piece", variant.Name) is { } difference) throw new JobTestException(difference);
        }
        return expected;
    }

    /// <summary>
    /// Runs a job twice, the second time under faults: attempts that fail early and late, that are lost with their workers and what
    /// these held, that report twice, and long after their task was given to another. Output and counters must be the same.
    /// </summary>
    /// <param name="job">The job; options that must be set need the overload that takes a plan.</param>
    /// <param name="lines">The input; each ends with LF.</param>
    /// <param name="seed">Decides every fault: the same seed repeats a run. Null (the default) for a new one, which the result and the message of a failure name.</param>
    /// <returns>The result, which is the same without faults, and the seed.</returns>
    /// <exception cref="JobTestException">The job fails, or its output or counters differ; the message names the seed.</exception>
    public static JobTestResult RunUnderFaults(IMapReduceJob job, IEnumerable<string> lines, int? seed = null) => RunUnderFaults(PlanOf(job), lines, seed);

    /// <summary>The same for a plan, which has its options.</summary>
    /// <inheritdoc cref="RunUnderFaults(IMapReduceJob, IEnumerable{string}, int?)" path="/exception"/>
    public static JobTestResult RunUnderFaults(JobPlan plan, IEnumerable<string> lines, int? seed = null) => RunUnderFaults(plan, [new TestFile("input.txt", lines)], seed);

    /// <summary>The same over several files, or files that are no lines.</summary>
    /// <inheritdoc cref="RunUnderFaults(IMapReduceJob, IEnumerable{string}, int?)" path="/exception"/>
    public static JobTestResult RunUnderFaults(JobPlan plan, IReadOnlyList<TestFile> files, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var chosen = seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        using var bench = new TestBench(files);
        var variant = TestVariant.ForFaults(bench.Bytes);
        var expected = bench.Run(plan, variant, seed: null);
        var result = bench.Run(plan, variant, chosen);
        if (TestDifference.InAll(expected, result) is { } difference)
            throw new JobTestException($"Under the faults of seed {chosen} {difference} Pass seed: {chosen} to repeat it.");
        return result;
    }

    private static JobPlan PlanOf(IMapReduceJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var shape = new OptionsShape(job.OptionsType);
        if (shape.Options.FirstOrDefault(option => option.IsRequired) is { } required)
            throw new ArgumentException($"{job.GetType().Name} cannot run without its option '{required.Name}': pass job.Plan(options) instead of the job.", nameof(job));
        return job.Plan(shape.Create([.. shape.Options.Select(option => option.DefaultValue)]));
    }
}

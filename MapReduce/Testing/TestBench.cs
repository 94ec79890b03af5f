using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Testing;

/// <summary>The input of a test, and runs over it.</summary>
internal sealed class TestBench(IReadOnlyList<TestFile> files) : IDisposable
{
    private readonly TestFolder _folder = new(files);
    private readonly MemoryPool _memory = new();

    public long Bytes => _folder.Bytes;

    /// <summary>Runs a job to its end.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="variant">How.</param>
    /// <param name="seed">Decides what goes wrong; null for nothing.</param>
    /// <exception cref="JobTestException">The job fails.</exception>
    public JobTestResult Run(JobPlan plan, TestVariant variant, int? seed)
    {
        var folder = _folder.NextRun();
        var spec = new JobSpec
        {
            Job = "test",
            Inputs = InputsOf(plan),
            Output = Path.Combine(folder, "out"),
            Reducers = variant.Reducers,
            SplitSize = variant.SplitSize,
            MemoryPerSlot = Input.SpecProblems.LeastMemory,
            Slots = 1,
            InputShapes = plan.Inputs,
            Steps = plan.Shapes,
        };
        var (files, watch) = (new MemoryFiles(), new RecordWatch(_memory));
        var cluster = new SteppedCluster(plan, files, folder, _memory, new Random(seed ?? 0), new Faults(seed is { } chosen ? new Random(chosen) : null), watch);
        var status = Run(cluster, spec);
        if (status.State == JobState.Succeeded) return new JobTestResult(Read(files, spec.Output), status.Counters, watch.Of(cluster.Winners), plan.Steps.Count == 1) { Seed = seed };
        var faults = seed is null ? "" : $" under the faults of seed {seed}";
        throw new JobTestException($"The job {variant.Name}{faults} ended as {status.State}: {status.Error}");
    }

    public void Dispose()
    {
        _memory.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<string> InputsOf(JobPlan plan) =>
        Input.InputEntry.HasNames(plan.Inputs) ? [.. plan.Inputs.Select(input => $"{input.Name}={Path.Combine(_folder.Input, input.Name!)}").Distinct()] : [_folder.Input];

    // The manifest tells of the run itself.
    private static SortedDictionary<string, byte[]> Read(MemoryFiles files, string output) =>
        new(files.List(output).Where(file => Path.GetFileName(file.Path) != OutputPaths.SuccessName).ToDictionary(file => Path.GetFileName(file.Path), file => files.TryReadAll(file.Path)!), StringComparer.Ordinal);

    private static JobStatus Run(SteppedCluster cluster, JobSpec spec)
    {
        try
        {
            return cluster.Run(spec);
        }
        catch (JobRejectedException rejected)
        {
            throw new JobTestException($"The job cannot start: {string.Join(' ', rejected.Reasons)}");
        }
    }
}

using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>
/// Plans a job: finds its input files, cuts them into splits of equal size, and chooses the number of reduce tasks.
/// Safe for concurrent use.
/// </summary>
/// <param name="files">Where the input lies.</param>
public sealed class InputPlanner(IFileSystem files)
{
    /// <summary>Reduce tasks times map tasks; each pair may become a segment to fetch.</summary>
    private const long MostPairs = 50_000_000;

    // A reduce task that only folds is done quickly; of others, a second wave evens out partitions of different sizes.
    private const int FoldingReducersPerSlot = 1, ReducersPerSlot = 2;

    /// <summary>Plans a job. Each input file is opened once for each source that reads it, to see that it can be read.</summary>
    /// <returns>At least one split for each step that reads input, even when all files are empty, so that every job ends in the same way.</returns>
    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once, each with its remedy.</exception>
    public InputPlan Plan(JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var findings = new InputFindings();
        foreach (var problem in SpecProblems.Of(spec)) findings.Problem(problem);
        // Nothing can be looked for at what is no path.
        if (!spec.Inputs.Append(spec.Output).All(SpecProblems.IsPath)) throw new JobRejectedException(findings.Problems);
        var input = new InputResolver(files, findings).Resolve(spec);
        if (findings.Problems.Count > 0) throw new JobRejectedException(findings.Problems);

        var reducers = Reducers(spec);
        var splits = spec.Steps.Select((_, step) => Cut(spec, step, InputOf(spec, step, input), reducers)).ToList();
        return new InputPlan([.. splits.SelectMany(ofStep => ofStep)], reducers, findings.Notes) { SplitsOfSteps = [.. splits.Select(ofStep => ofStep.Count)] };
    }

    // From here on a file knows which source of its step reads it.
    private static IReadOnlyList<InputFile> InputOf(JobSpec spec, int step, IReadOnlyList<InputFile> input) =>
        [.. input.Where(file => spec.InputShapes[file.Source].Step == step).Select(file => file with { Source = InputShape.SourceOf(spec.InputShapes, file.Source) })];

    private static int Reducers(JobSpec spec)
    {
        var step = spec.Steps[0];
        if (!step.HasReduce) return 0;
        if (spec.Reducers > 0) return spec.Reducers;
        var chosen = (long)spec.Slots * (step.Folds ? FoldingReducersPerSlot : ReducersPerSlot);
        return (int)Math.Min(chosen, SpecProblems.MostReducers);
    }

    private static IReadOnlyList<InputSplit> Cut(JobSpec spec, int step, IReadOnlyList<InputFile> input, int reducers)
    {
        var total = input.Sum(file => file.Length);
        var size = SplitSize.For(spec, spec.Steps[step], total);
        var most = MostPairs / Math.Max(1, reducers);
        if (SplitCutter.Cut(input, size, most) is { } splits) return splits;
        var fitting = SplitSize.Fitting(total, most, !input.Any(file => file.IsWhole));
        throw new JobRejectedException([
            $"Splits of {ByteSize.Exactly(size)} make more than {most} map tasks of {ByteSize.Exactly(total)} of input; with {reducers} reduce tasks that is too many (map tasks times reduce tasks is at most {MostPairs}): use a split size of {ByteSize.Exactly(fitting)} or more, or fewer reducers."]);
    }
}

using MapReduce.Protocol;

namespace MapReduce.Input;

/// <summary>What is wrong with a job's description by itself, whatever its input.</summary>
public static class SpecProblems
{
    /// <summary>The most reduce tasks of a step.</summary>
    public const int MostReducers = 65_535;
    /// <summary>The least memory of a running task, in bytes.</summary>
    public const long LeastMemory = 16L << 20;

    // A shorter lease is lost between two renewals whatever the worker does; after an outage of the store, the longest lease of
    // any job is how long the tasks of all jobs wait before a worker counts as dead.
    private static readonly TimeSpan LeastLease = TimeSpan.FromMilliseconds(100), MostLease = TimeSpan.FromMinutes(10);

    /// <summary>The problems, each with its remedy; none when the description is in order.</summary>
    public static IEnumerable<string> Of(JobSpec spec)
    {
        if (spec.Steps.Count == 0) yield return $"Job '{spec.Job}' has no steps: its plan must hold at least one.";
        else if (spec.InputShapes.FirstOrDefault(shape => shape.Step < 0 || shape.Step >= spec.Steps.Count) is { } lost)
            yield return $"An input is for step {lost.Step} of job '{spec.Job}', which has {spec.Steps.Count}: its steps and inputs must be those of its plan.";
        if (!spec.InputShapes.Any(shape => shape.Step == 0)) yield return $"The first step of job '{spec.Job}' reads no input: its inputs must be those of its plan.";
        if (spec.Inputs.Count == 0) yield return "No input is named: name at least one file, directory or glob.";
        foreach (var problem in InputNames.Problems(spec)) yield return problem;
        foreach (var path in spec.Inputs.Append(spec.Output).Where(path => !IsPath(path)))
            yield return $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path: it must not hold a NUL character.";
        if (!Path.IsPathFullyQualified(spec.Output)) yield return $"Output '{spec.Output}' is not an absolute path: write it from the root.";
        foreach (var problem in Resources(spec)) yield return problem;
        foreach (var problem in Patience(spec)) yield return problem;
    }

    /// <summary>False for what no file system function takes.</summary>
    public static bool IsPath(string path) => !path.Contains('\0', StringComparison.Ordinal);

    private static IEnumerable<string> Resources(JobSpec spec)
    {
        if (spec.Reducers is < 0 or > MostReducers)
            yield return $"Reducers: {spec.Reducers} is out of range; use 1 to {MostReducers}, or 0 to let the planner choose.";
        if (spec.SplitSize < 0)
            yield return $"Split size: {spec.SplitSize} bytes is negative; use 1 or more, or 0 to let the planner choose.";
        if (spec.MemoryPerSlot < LeastMemory)
            yield return $"Memory per slot: {ByteSize.Exactly(spec.MemoryPerSlot)} is too little; use {ByteSize.Exactly(LeastMemory)} or more.";
        if (spec.Slots < 1)
            yield return $"Slots: {spec.Slots} is too few; plan for at least 1 worker slot.";
        if (spec.Priority is < 1 or > 100)
            yield return $"Priority: {spec.Priority} is out of range; use 1 to 100.";
    }

    private static IEnumerable<string> Patience(JobSpec spec)
    {
        if (spec.MaxAttempts < 1)
            yield return $"Attempts for each task: {spec.MaxAttempts} is too few; allow at least 1.";
        if (spec.MaxDeaths < 1)
            yield return $"Worker deaths for each task: {spec.MaxDeaths} is too few; allow at least 1.";
        if (spec.SkipBadRecords < 0)
            yield return $"Bad records to skip: {spec.SkipBadRecords} is negative; use 0 for none, or how many may be left out.";
        if (spec.Lease < LeastLease || spec.Lease > MostLease)
            yield return $"Lease: {spec.Lease} is out of range; use {LeastLease.TotalSeconds} s to {MostLease.TotalMinutes} min, 10 s unless you have a reason.";
        if (spec.TaskTimeout <= TimeSpan.Zero)
            yield return $"Task timeout: {spec.TaskTimeout} is not a time that can pass; use 10 min unless you have a reason.";
        if (spec.JobTimeout <= TimeSpan.Zero)
            yield return $"Job timeout: {spec.JobTimeout} is not a time that can pass; use more, or none for no limit.";
    }
}

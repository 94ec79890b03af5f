using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.App.Commands;

/// <summary>What rejects a run before it begins, found in one go so that a person mends it in one go.</summary>
internal static class RunChecks
{
    // Bad options leave no plan; to look for the input any will do, unless names may have to be told from paths.
    private static readonly JobPlan AnyPlan = Job.ReadLines().Select(line => (line.Utf8, default(NoValue))).Map(pair => pair).WriteText();

    /// <summary>Checks options and directories and, when they are wrong, the input as well: otherwise the run itself does that.</summary>
    /// <exception cref="JobRejectedException">All that was found.</exception>
    public static (JobPlan Plan, JobSpec Spec) Prepare(JobDefinition job, RunRequest request)
    {
        var problems = new List<string>();
        JobPlan? plan = null;
        var options = "{}";
        try
        {
            options = job.Parse(request.Set);
            plan = job.Plan(options);
        }
        catch (JobRejectedException rejected)
        {
            problems.AddRange(rejected.Reasons);
        }
        problems.AddRange(RunDirectories.Problems(request));
        if (plan is not null && problems.Count == 0) return (plan, request.ToSpec(options, plan));
        if (plan is not null || !request.Inputs.Any(input => input.Contains('=', StringComparison.Ordinal)))
            problems.AddRange(InputProblems(request.ToSpec(options, plan ?? AnyPlan)));
        throw new JobRejectedException(problems);
    }

    private static IReadOnlyList<string> InputProblems(JobSpec spec)
    {
        try
        {
            new InputPlanner(PhysicalFileSystem.Instance).Plan(spec);
            return [];
        }
        catch (JobRejectedException rejected)
        {
            return rejected.Reasons;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [unreadable.Message];
        }
    }
}

using MapReduce.Input;
using MapReduce.MasterService.Files;
using MapReduce.MasterService.Options;
using MapReduce.Protocol;
using MapReduce.Storage;
using MapReduce.Streaming;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Admission;

/// <summary>Plans the jobs that a master admits: within its roots and its limits. Safe for concurrent use.</summary>
internal sealed class JobPlanner(IFileSystem files, AllowedRoots roots, FileStore shipped, IOptions<MasterOptions> options)
{
    private readonly InputPlanner _planner = new(files);

    private LimitOptions Limits => options.Value.Limits;

    /// <exception cref="JobRejectedException">The job cannot start; all reasons at once.</exception>
    public InputPlan Plan(JobSpec spec)
    {
        var refused = Refusals(spec).ToList();
        // What lies at a path that the job may not name is not looked at: an error would tell what is there.
        if (refused.Count > 0) throw new JobRejectedException([.. refused, .. SpecProblems.Of(spec)]);
        var plan = _planner.Plan(spec);
        refused = [.. roots.ProblemsOf(plan), .. SizeProblems(plan)];
        return refused.Count == 0 ? plan : throw new JobRejectedException(refused);
    }

    private IEnumerable<string> Refusals(JobSpec spec)
    {
        foreach (var problem in roots.ProblemsOf(spec)) yield return problem;
        if (spec.Job == StreamJob.Definition.Name && !options.Value.AllowUserCode)
            yield return UserCode.Refusal;
        // From here on the job's own existence keeps them.
        foreach (var file in StreamJob.FilesOf(spec))
        {
            if (!shipped.Renew(file.Sha256))
                yield return $"The file '{file.Name}' (SHA-256 {file.Sha256}) is not on the cluster, or no more: send it first, as 'mapreduce stream' and ClusterClient.ShipAsync do.";
            else if (shipped.LengthOf(file.Sha256) is { } length && length != file.Length)
                yield return $"The file '{file.Name}' (SHA-256 {file.Sha256}) has {length} bytes, not {file.Length}: name it as ClusterClient.ShipAsync does.";
        }

        if (spec.Options.Length > Limits.OptionsLength)
            yield return $"The job's options have {spec.Options.Length} characters (limit {Limits.OptionsLength}, MapReduce:Limits:OptionsLength of the master): put large data into a file and pass its path.";
    }

    private IEnumerable<string> SizeProblems(InputPlan plan)
    {
        if (plan.Splits.Count > Limits.MapTasks)
            yield return $"The input makes {plan.Splits.Count} map tasks (limit {Limits.MapTasks}, MapReduce:Limits:MapTasks of the master): use a larger split size.";
    }
}

using MapReduce.Protocol;
using Simulation.Cluster;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>Watches the outputs of all jobs.</summary>
internal sealed class CommitWatch(VirtualWorld world, IReadOnlyDictionary<SimJob, OutputAudit> audits)
{
    private readonly OutputAudit[] _each = [.. audits.Values.Distinct()];

    /// <summary>Looks at every output directory, after a change of any name.</summary>
    public void Look()
    {
        foreach (var audit in _each) audit.Look();
    }

    public void LookAfterPowerLoss()
    {
        foreach (var audit in _each) audit.LookAfterPowerLoss();
    }

    /// <summary>Checks what a master told a worker: of jobs that are called ended it drops the map outputs, which others may need.</summary>
    public void Ended(IReadOnlyList<string> jobIds)
    {
        foreach (var (job, audit) in audits)
            if (jobIds.Contains(job.Id) && !audit.HasEnded(job)) world.Fail($"6: {job.Name} was called ended, and is not");
    }

    /// <summary>Whether an outcome promises the files of an attempt.</summary>
    public bool Promises(LeaseRef lease)
    {
        foreach (var (job, audit) in audits)
            if (job.Id == lease.JobId && audit.IsCommitted(job) && audit.Outcome(job)!.Winners.Any(winner => winner.Task == lease.Task && winner.Token == lease.Token)) return true;
        return false;
    }

    /// <summary>Checks what a master told a worker: files that were promised when the report came must not be called stale, for the worker may drop them.</summary>
    public void Answered(LeaseRef lease, bool wasPromised, CompleteAnswer answer)
    {
        if (wasPromised && answer == CompleteAnswer.Stale) world.Fail($"4: {lease.Task} {lease.Token} was called stale although the outcome commits it");
    }
}

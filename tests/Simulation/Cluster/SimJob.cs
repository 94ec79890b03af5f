using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Scheduling.Journal;
using Simulation.Jobs;

namespace Simulation.Cluster;

/// <summary>A job that somebody submits.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Tiny">What it does.</param>
/// <param name="Plan">The splits of its input.</param>
/// <param name="Spec">What is submitted.</param>
internal sealed record SimJob(string Key, TinyJob Tiny, InputPlan Plan, JobSpec Spec)
{
    public string Id { get; } = JobJournal.JobId(Key);

    public string Name => $"{Key} ({Tiny.Name})";
}

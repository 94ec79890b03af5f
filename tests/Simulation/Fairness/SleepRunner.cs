using MapReduce.Protocol;
using MapReduce.Worker;

namespace Simulation.Fairness;

/// <summary>Attempts that only take their time.</summary>
internal sealed class SleepRunner(TimeProvider time, TimeSpan duration) : IAttemptRunner
{
    public async Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        await Delay.ForAsync(duration, time, cancellationToken);
        return new AttemptResult { Counters = [] };
    }

    public void Discard(TaskLease lease)
    {
    }

    public void DiscardJob(string jobId)
    {
    }
}

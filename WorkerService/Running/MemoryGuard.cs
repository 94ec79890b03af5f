using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.WorkerService.Running;

/// <summary>Refuses tasks that could together take more memory than this machine has: better said than killed by the system.</summary>
/// <param name="slots">Tasks that run at once.</param>
/// <param name="available">Bytes of memory that this process may take.</param>
internal sealed class MemoryGuard(int slots, long available)
{
    /// <summary>Looks at a lease before anything of it is run.</summary>
    /// <exception cref="AttemptFailedException">All slots together could take too much.</exception>
    public void Check(TaskLease lease)
    {
        if (lease.Spec.MemoryPerSlot <= available / slots) return;
        throw new AttemptFailedException(new AttemptFailure(
            FailureKind.Worker,
            $"{slots} slots with {lease.Spec.MemoryPerSlot >> 20} MiB each, as job {lease.JobId} asks, need more than the {available >> 20} MiB of this worker: give the job less, or the worker fewer MapReduce:Worker:Slots."));
    }
}

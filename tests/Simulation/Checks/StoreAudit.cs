using MapReduce.Protocol;
using MapReduce.Scheduling;
using MapReduce.Storage;

namespace Simulation.Checks;

/// <summary>Reads the store behind the masters' backs after every call, and enters what it finds in the ledger.</summary>
internal sealed class StoreAudit(InMemoryTaskLeaseStore store, Ledger ledger, InMemoryFileSystem disk, string output, string jobId)
{
    public ClaimGrant Granted(ClaimRequest request, ClaimGrant grant)
    {
        foreach (var task in grant.Tasks) ledger.Granted(request.WorkerId, task.Task, task.Token);
        return grant;
    }

    public IReadOnlyList<RenewAnswer> Renewed(IReadOnlyList<RenewRequest> renewals, IReadOnlyList<RenewAnswer> answers)
    {
        for (var i = 0; i < answers.Count; i++) ledger.Renewed(renewals[i].Lease, answers[i]);
        return answers;
    }

    public Completion Completed(LeaseRef lease, Completion completion)
    {
        ledger.Completed(lease, completion.Answer, IsOver);
        return completion;
    }

    /// <summary>The store lost its memory, or went back to an earlier one: what it told before binds it no more.</summary>
    public void Forget()
    {
        ledger.Forget();
        Look();
    }

    public void Look()
    {
        if (IsOver) return;
        var winners = new Dictionary<TaskId, string>();
        foreach (var kind in new[] { TaskKind.Map, TaskKind.Reduce })
        {
            foreach (var win in store.WinnersAsync(jobId, 0, kind, default).AsTask().Result.Wins) winners[new TaskId(0, kind, win.Index)] = win.Token;
        }

        ledger.Observe(winners, IsMissing);
    }

    // The views of a store in memory are there at once.
    private bool IsOver => store.JobAsync(jobId, default).AsTask().Result is not { EndedAt: null };

    private bool IsMissing(TaskId task, string token) =>
        disk.Find($"{output}/_temporary/{jobId}/{task.Step}/{task}/{token}/part-r-{task.Index:D5}") is null;
}

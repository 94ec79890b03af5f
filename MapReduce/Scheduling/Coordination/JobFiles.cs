using System.Collections.Concurrent;
using MapReduce.Scheduling.Journal;

namespace MapReduce.Scheduling.Coordination;

/// <summary>The files of the jobs that are being worked on.</summary>
internal sealed class JobFiles(JobJournal journal)
{
    private readonly ConcurrentDictionary<string, JobFile> _files = [];

    /// <summary>A job's file.</summary>
    /// <exception cref="IOException">The job is not journaled.</exception>
    public JobFile Get(string jobId) => _files.GetOrAdd(jobId, id => new JobFile(
        journal.Find(id) ?? throw new IOException($"The lease store knows job {id}, the data folder does not: let all masters use the same data folder."), journal));

    /// <summary>A job's file; null when the job is not journaled.</summary>
    public JobFile? Find(string jobId) => _files.TryGetValue(jobId, out var file) || journal.Find(jobId) is not null ? file ?? Get(jobId) : null;

    public void Forget(string jobId)
    {
        if (_files.TryRemove(jobId, out var file)) file.Dispose();
    }

    /// <summary>Forgets jobs that ended, perhaps by another master.</summary>
    public void ForgetAllBut(IReadOnlyList<JobView> active)
    {
        if (_files.IsEmpty) return;
        var ids = active.Select(job => job.Shape.JobId).ToHashSet(StringComparer.Ordinal);
        foreach (var jobId in _files.Keys)
            if (!ids.Contains(jobId)) Forget(jobId);
    }
}

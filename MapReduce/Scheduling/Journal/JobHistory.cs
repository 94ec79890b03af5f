using System.Collections.Concurrent;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>All jobs of the data folder, running and ended, and when the ended ones go. Safe for concurrent use.</summary>
internal sealed class JobHistory(JobJournal journal)
{
    private static readonly TimeSpan LeastKept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Known> _ended = [];

    /// <summary>The jobs, the newest first. An ended job is read once; one that runs is read each time.</summary>
    public IReadOnlyList<JournaledJob> NewestFirst()
    {
        var folders = journal.Folders();
        var jobs = new List<JournaledJob>(folders.Count);
        foreach (var folder in folders)
            if (Read(folder) is { } job) jobs.Add(job);
        if (_ended.Count > folders.Count) ForgetAllBut(folders);
        jobs.Sort((left, right) => right.Entry.SubmittedAt.CompareTo(left.Entry.SubmittedAt));
        return jobs;
    }

    /// <summary>Deletes ended jobs from the data folder: the oldest above a number, and those above an age, but none within an hour of its end.</summary>
    /// <returns>How many were deleted.</returns>
    public int Trim(int maxJobs, TimeSpan maxAge, DateTimeOffset now)
    {
        var ended = NewestFirst().Where(job => job.End is not null).ToList();
        ended.Sort((left, right) => right.End!.EndedAt.CompareTo(left.End!.EndedAt));
        var trimmed = 0;
        for (var i = 0; i < ended.Count; i++)
        {
            var age = now - ended[i].End!.EndedAt;
            if (age < LeastKept || (i < maxJobs && age <= maxAge)) continue;
            journal.Remove(ended[i].Entry.JobId);
            trimmed++;
        }
        return trimmed;
    }

    private JournaledJob? Read(FileEntry folder)
    {
        var jobId = Path.GetFileName(folder.Path);
        // The folder's time tells a job from an earlier one of the same id. Only what can change no more is remembered: two
        // changes may fall into one tick of the file system's clock.
        if (_ended.TryGetValue(jobId, out var known) && known.ModifiedTicks == folder.ModifiedTicks) return known.Job;
        var end = journal.FindEnd(jobId);
        if (journal.Find(jobId) is not { } entry)
        {
            // A master died as it removed the job.
            if (end is not null) journal.Remove(jobId);
            return null;
        }
        var job = new JournaledJob(entry, end);
        if (end is not null) _ended[jobId] = new Known(folder.ModifiedTicks, job);
        return job;
    }

    private void ForgetAllBut(IReadOnlyList<FileEntry> folders)
    {
        var there = folders.Select(folder => Path.GetFileName(folder.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var jobId in _ended.Keys)
            if (!there.Contains(jobId)) _ended.TryRemove(jobId, out _);
    }

    private sealed record Known(long ModifiedTicks, JournaledJob Job);
}

/// <summary>A job with its end, if it has come to it.</summary>
internal sealed record JournaledJob(JournalEntry Entry, JournalEnd? End);

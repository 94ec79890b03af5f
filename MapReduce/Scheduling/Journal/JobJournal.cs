using System.Collections.Concurrent;
using System.Security.Cryptography;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Scheduling.Journal;

/// <summary>
/// The jobs of the data folder, <c>jobs/&lt;J&gt;/</c>: <c>plan</c>, then <c>job</c>, which makes the job exist, at last
/// <c>ended</c>. Each is published once; whoever comes second reads what is there. Safe for concurrent use by many masters.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="dataFolder">Shared by all masters.</param>
/// <param name="isDurable">True when what is published must outlive the machine's power.</param>
internal sealed class JobJournal(IFileSystem files, string dataFolder, bool isDurable)
{
    private readonly Lock _removal = new();
    private readonly string _jobs = Path.Combine(dataFolder, "jobs");
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly JobFolder _folder = new(files, dataFolder, isDurable);

    /// <summary>A job id from an idempotency key: 128 bits of its hash, so that a repeated submit finds the first.</summary>
    public static string JobId(string idempotencyKey) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16));

    /// <summary>Journals a planned job.</summary>
    /// <returns>The entry that counts: an earlier one if there was one.</returns>
    public JournalEntry Publish(string jobId, JobSpec spec, InputPlan plan, JobOrigin origin, DateTimeOffset now)
    {
        PublishOnce(jobId, "plan", PlanFormat.Write(plan));
        using var splits = OpenPlan(jobId);
        var entry = new JournalEntry
        {
            JobId = jobId,
            Fingerprint = Fingerprint(spec, splits.SplitsOfSteps, plan.Reducers),
            SubmittedAt = now,
            Spec = spec,
            Maps = splits.SplitsOfSteps,
            Reducers = plan.Reducers,
            InputBytes = splits.Sum(split => split.Length),
            Notes = plan.Notes,
            Origin = origin,
        };
        PublishOnce(jobId, "job", JournalJson.Write(entry));
        return Find(jobId) ?? throw new IOException($"The journal of job {jobId} vanished from '{Folder(jobId)}' as it was written: keep other programs away from the data folder.");
    }

    /// <exception cref="IOException">It cannot be read, or makes no sense.</exception>
    public JournalEntry? Find(string jobId) => TryParse(jobId, "job", JournalJson.ReadEntry);

    /// <summary>Makes a journaled job durable: whoever wrote it may have died before that.</summary>
    public void Secure(string jobId) => _folder.Secure(jobId);

    public PlanReader OpenPlan(string jobId)
    {
        var path = Path.Combine(Folder(jobId), "plan");
        return new PlanReader(files.OpenRead(path), path);
    }

    public void PublishEnd(string jobId, JournalEnd end) =>
        PublishOnce(jobId, JobFolder.EndedName, JournalEndJson.Write(end));

    /// <exception cref="IOException">It cannot be read, or makes no sense.</exception>
    public JournalEnd? FindEnd(string jobId)
    {
        if (TryParse(jobId, JobFolder.EndedName, JournalEndJson.Read) is not { } end) return null;
        if (_told.ContainsKey(jobId)) return end;
        // Durable before anybody is told: the master that wrote it may lose its power, and the job would end once more.
        _folder.Secure(jobId);
        if (files.Find(Path.Combine(Folder(jobId), JobFolder.EndedName)) is null) return null;
        _told.TryAdd(jobId, true);
        return end;
    }

    /// <summary>Keeps what the lease store will forget: what happened to the job's attempts.</summary>
    public void PublishLedger(string jobId, LedgerView ledger) => PublishOnce(jobId, "events", LedgerFile.Write(ledger));

    /// <summary>Events of an ended job after an id, at most so many; null when none were kept.</summary>
    /// <exception cref="IOException">They cannot be read, or make no sense.</exception>
    public LedgerView? FindLedger(string jobId, long after, int max) => TryParse(jobId, "events", events => LedgerFile.Read(events, after, max));

    /// <summary>The folders of all jobs.</summary>
    public IReadOnlyList<FileEntry> Folders() =>
        files.Find(_jobs) is null ? [] : [.. files.List(_jobs).Where(entry => entry.IsDirectory && IsJobId(Path.GetFileName(entry.Path)))];

    /// <summary>Removes an ended job for good; one that has not ended, such as a newer one of the same id, stays.</summary>
    public void Remove(string jobId)
    {
        lock (_removal)
        {
            var (folder, ended) = (Folder(jobId), Path.Combine(Folder(jobId), JobFolder.EndedName));
            if (files.Find(ended) is null) return;
            // Without its entry it exists no more; with its end it is never taken for one to be run. A crash between leaves the
            // end, by which the rest is found and removed.
            files.Delete(Path.Combine(folder, "job"));
            foreach (var entry in files.List(folder).Where(entry => !entry.IsDirectory && entry.Path != ended))
            {
                // Another master was faster: what has come here since belongs to a new job, which begins when the end is gone.
                if (files.Find(ended) is null) return;
                files.Delete(entry.Path);
            }

            // Were only the end gone after a loss of power, the job would run again.
            if (isDurable) files.SyncDirectory(folder);
            files.Delete(ended);
            files.TryDeleteEmpty(folder);
            _told.TryRemove(jobId, out _);
        }
    }

    /// <summary>The journaled jobs for which something may be left to do.</summary>
    /// <param name="damaged">Told of each that cannot be read, which must not keep the others from going on.</param>
    public IReadOnlyList<JournalEntry> Open(Action<IOException> damaged)
    {
        var open = new List<JournalEntry>();
        foreach (var folder in Folders().Where(folder => files.Find(Path.Combine(folder.Path, JobFolder.EndedName)) is null))
        {
            try
            {
                if (Find(Path.GetFileName(folder.Path)) is { } entry) open.Add(entry);
            }
            catch (IOException damage)
            {
                damaged(damage);
            }
        }
        open.Sort((left, right) => left.SubmittedAt.CompareTo(right.SubmittedAt));
        return open;
    }

    /// <summary>True when two specs are the same job.</summary>
    public static bool AreEqual(JobSpec one, JobSpec other) => JournalJson.Write(one).AsSpan().SequenceEqual(JournalJson.Write(other));

    private static string Fingerprint(JobSpec spec, IReadOnlyList<int> maps, int reducers) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(JournalJson.Write(spec)).AsSpan(0, 8))}-{string.Join('+', maps)}-{reducers}";

    // Job ids come from callers, too: whatever is not made like one of ours must not become part of a path.
    private string Folder(string jobId) => IsJobId(jobId) ? Path.Combine(_jobs, jobId)
        : throw new ArgumentException($"'{jobId}' is not a job id: 32 hexadecimal digits.", nameof(jobId));

    public static bool IsJobId(string jobId) => jobId.Length == 32 && jobId.All(char.IsAsciiHexDigitLower);

    // What is published is whole. Should it make no sense all the same, that is a fault of the disk, and of this one job.
    private T? TryParse<T>(string jobId, string name, Func<byte[], T> parse) where T : class
    {
        if (!IsJobId(jobId) || _folder.TryRead(jobId, name) is not { } bytes) return null;
        try
        {
            return parse(bytes);
        }
        catch (IOException damage)
        {
            throw new IOException(
                $"'{Path.Combine(Folder(jobId), name)}': {damage.Message} Restore the data folder from a backup, or remove '{Folder(jobId)}' and submit the job anew.", damage);
        }
    }

    private void PublishOnce(string jobId, string name, byte[] content)
    {
        if (!_folder.Has(jobId, name)) _folder.Publish(jobId, name, content);
    }
}

using MapReduce.Protocol;
using MapReduce.Worker;
using MapReduce.WorkerService.Storage;

namespace MapReduce.WorkerService.Files;

/// <summary>
/// The files that travelled with jobs to this worker, each fetched once however many attempts wait for it, and kept while a job that runs here needs it.
/// Others are kept for jobs to come, until their room is wanted. Safe for concurrent use.
/// </summary>
/// <param name="folder">Of this worker's own; made when the first file comes.</param>
/// <param name="open">Opens a file at a master.</param>
/// <param name="freeBytes">Free space of the disk that holds a path.</param>
/// <param name="time">The clock of pauses and patience.</param>
internal sealed class FileCache(string folder, OpenFile open, Func<string, long> freeBytes, TimeProvider time) : IDisposable
{
    // Bytes of files that no job needs.
    private const long MostIdle = 1L << 30;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CachedFile> _files = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private long _clock;

    /// <summary>Where a file is once it is held.</summary>
    public string PathOf(ShippedFile file) => Path.Combine(folder, (file.IsExecutable ? "x-" : "r-") + file.Sha256);

    /// <summary>Waits until a file is here, and keeps it until the job is let go of.</summary>
    /// <exception cref="AttemptFailedException">It cannot be had.</exception>
    public async Task HoldAsync(string jobId, ShippedFile file, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var cached = Hold(jobId, file);
        if (cached.Fetched.IsCompletedSuccessfully) return;
        progress.Begin("files", file.Length);
        for (var told = 0L; ;)
        {
            try
            {
                // The others wait for it, too: who leaves does not take it from them.
                await cached.Fetched.WaitAsync(Glance, time, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                var received = cached.Download.Received;
                progress.Add(Math.Max(0, received - told), 0);
                told = received;
            }
        }
    }

    /// <summary>The job needs no file any more.</summary>
    public void Release(string jobId)
    {
        lock (_lock)
        {
            foreach (var file in _files.Values) file.Jobs.Remove(jobId);
            Trim(MostIdle);
        }
    }

    /// <summary>Deletes all that no job needs now.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool MakeRoom()
    {
        lock (_lock) return Trim(0);
    }

    /// <summary>Ends what is being fetched.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private CachedFile Hold(string jobId, ShippedFile file)
    {
        var path = PathOf(file);
        lock (_lock)
        {
            if (!_files.TryGetValue(path, out var cached) || !cached.IsGood)
            {
                var download = new FileDownload(file, path, open, time);
                // Those who need the file that has gone need the new one.
                _files[path] = cached = new CachedFile(path, file.Length, download, FetchAsync(file, download)) { Jobs = cached?.Jobs ?? new(StringComparer.Ordinal) };
            }

            cached.Jobs.Add(jobId);
            cached.UsedAt = ++_clock;
            return cached;
        }
    }

    // Begun under the lock, and at once elsewhere.
    private Task<DateTime> FetchAsync(ShippedFile file, FileDownload download) => Task.Run(
        async () =>
        {
            try
            {
                MakeRoomFor(file);
                await download.RunAsync(_end.Token);
                return File.GetLastWriteTimeUtc(PathOf(file));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new AttemptFailedException(new AttemptFailure(FailureKind.Worker, $"The file '{file.Name}' cannot be kept in '{folder}': {refused.Message}"), refused);
            }
        },
        _end.Token);

    private void MakeRoomFor(ShippedFile file)
    {
        Directory.CreateDirectory(folder);
        var wanted = file.Length + DiskGuard.Reserve;
        if (freeBytes(folder) >= wanted || (MakeRoom() && freeBytes(folder) >= wanted)) return;
        throw new AttemptFailedException(new AttemptFailure(FailureKind.Worker,
            $"The disk of '{folder}' has {freeBytes(folder) >> 20} MiB left, too few for the file '{file.Name}' of {file.Length >> 20} MiB beside the {DiskGuard.Reserve >> 20} MiB that tasks need: free some space."));
    }

    // What was used last stays longest.
    private bool Trim(long mostIdle)
    {
        var trimmed = false;
        var kept = 0L;
        foreach (var file in _files.Values.Where(file => file.Jobs.Count == 0 && file.Fetched.IsCompleted).OrderByDescending(file => file.UsedAt).ToList())
        {
            kept += file.Length;
            if (kept <= mostIdle && file.IsGood) continue;
            File.Delete(file.Path);
            _files.Remove(file.Path);
            trimmed = true;
        }

        return trimmed;
    }

    private sealed class CachedFile(string path, long length, FileDownload download, Task<DateTime> fetched)
    {
        public string Path => path;

        public long Length => length;

        public FileDownload Download => download;

        /// <summary>When the file was written, once it is there; or why it cannot be had.</summary>
        public Task Fetched => fetched;

        public required HashSet<string> Jobs { get; init; }

        public long UsedAt { get; set; }

        /// <summary>False when the file must be fetched anew: it could not be had, or a program has changed it since.</summary>
        public bool IsGood
        {
            get
            {
                if (!fetched.IsCompletedSuccessfully) return !fetched.IsCompleted;
                var now = new FileInfo(path);
                return now.Exists && now.Length == length && now.LastWriteTimeUtc == fetched.Result;
            }
        }
    }
}

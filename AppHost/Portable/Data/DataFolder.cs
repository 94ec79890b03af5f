namespace MapReduce.AppHost.Portable.Data;

/// <summary>
/// The folder in which a cluster lives, from start to start: journals and outcomes, Redis's data, tokens, the workers'
/// files. Only its owner may enter, and only one launcher at a time uses it.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The error number of a lock that somebody else holds.
    private const int WouldBlockLinux = 11;

    private const int WouldBlockMac = 35;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    /// <summary>Journals and outcomes of the jobs.</summary>
    public string Master => Below("master");

    public string Redis => Below("redis");

    /// <summary>In which every worker makes a work directory of its own.</summary>
    public string Workers => Below("workers");

    /// <summary>The token with which jobs are submitted, where the command line looks for it.</summary>
    public string SubmitToken => Below("token");

    /// <summary>What runs now: see <see cref="ClusterFile"/>.</summary>
    public string Cluster => Below("cluster.json");

    /// <summary>Where the command line looks, too: <c>mapreduce</c> in the user's state folder.</summary>
    public static string DefaultPath() => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "mapreduce");

    public static DataFolder Open(string path)
    {
        try
        {
            Create(path);
            // Held by the system until this process has ended, in whatever way.
            var @lock = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var data = new DataFolder(path, @lock);
            // The folder itself may have been there, open to others; journals hold secrets of jobs.
            foreach (var inner in (string[])[data.Master, data.Redis, data.Workers]) Create(inner);
            return data;
        }
        catch (IOException used) when (used.HResult is WouldBlockLinux or WouldBlockMac)
        {
            throw new LauncherException(
                $"the data folder {path} is in use by another AppHost: stop that one first, or start a second cluster with --data DIR.", used);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new LauncherException($"the data folder {path} cannot be used: {denied.Message} Choose another one with --data DIR.", denied);
        }
    }

    /// <summary>A file that holds the token of a role other than submit.</summary>
    public string Token(string role) => Below($"token.{role}");

    // One that is there already is left as it is.
    private static void Create(string path) => Directory.CreateDirectory(path, OwnerOnly);

    public void Dispose() => _lock.Dispose();

    private string Below(string name) => System.IO.Path.Combine(Path, name);
}

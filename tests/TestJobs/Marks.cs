namespace MapReduce.TestJobs;

/// <summary>
/// Empty files in a folder that all workers share: by them attempts in different processes know of each other. Safe for use by
/// many processes at once, and nothing of it is lost when one of them is killed.
/// </summary>
public sealed class Marks
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;

    /// <summary>Uses a folder, and makes it where it is missing.</summary>
    public Marks(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Leaves a mark of a name; the name must be fit for a file.</summary>
    /// <returns>How many marks of the name there are now, this one among them; every caller gets another number.</returns>
    public int Leave(string name)
    {
        for (var number = 1; ; number++)
            if (TryCreate(Path.Combine(_folder, $"{name}.{number}"))) return number;
    }

    /// <summary>The marks of a name that are there.</summary>
    public int Count(string name) => Directory.GetFiles(_folder, name + ".*").Length;

    /// <summary>Leaves a mark until the result is disposed of.</summary>
    public IDisposable Stay(string name) => new Presence(Path.Combine(_folder, $"{name}.{Leave(name)}"));

    /// <summary>Waits until a condition holds, and no longer than a limit.</summary>
    /// <returns>True when the condition holds.</returns>
    /// <exception cref="OperationCanceledException">The attempt is no longer wanted.</exception>
    public static bool WaitUntil(Func<bool> condition, TimeSpan limit, CancellationToken cancelled)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) >= limit) return false;
            Rest(LookEvery, cancelled);
        }

        return true;
    }

    /// <summary>Keeps the attempt's thread for a time.</summary>
    /// <exception cref="OperationCanceledException">The attempt is no longer wanted.</exception>
    public static void Rest(TimeSpan time, CancellationToken cancelled)
    {
        cancelled.WaitHandle.WaitOne(time);
        cancelled.ThrowIfCancellationRequested();
    }

    private static bool TryCreate(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private sealed class Presence(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}

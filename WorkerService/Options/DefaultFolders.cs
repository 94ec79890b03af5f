namespace MapReduce.WorkerService.Options;

/// <summary>Where things lie when nobody said where.</summary>
internal static class DefaultFolders
{
    /// <summary>The folder of all workers of this user, by the XDG base directory rules. Not the common temporary folder, where others could plant files.</summary>
    public static string Work()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathFullyQualified(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "mapreduce", "workers");
    }
}

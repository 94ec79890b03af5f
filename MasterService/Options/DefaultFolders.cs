namespace MapReduce.MasterService.Options;

/// <summary>Where things lie when nobody said where.</summary>
internal static class DefaultFolders
{
    /// <summary>The data folder, by the XDG base directory rules: state that should outlive a restart.</summary>
    public static string Data()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathFullyQualified(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "mapreduce", "master");
    }
}

namespace MapReduce.AppHost.Portable.Processes;

/// <summary>What is run: a program, its arguments, where, and what differs from the launcher's own environment (null: without it).</summary>
internal sealed record ProcessCommand(
    string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string?> Environment)
{
    private static readonly string Keeper = Path.Combine(AppContext.BaseDirectory, "keeper.sh");

    // A session of its own: Ctrl+C reaches every process of the terminal's session, and Redis would be gone before the
    // workers have reported. macOS has no setsid; there a Ctrl+C stops all at once.
    private static readonly string[] Session = Programs.Find("setsid") is { } setsid ? [setsid] : [];

    /// <summary>The whole command line, the keeper included.</summary>
    public IReadOnlyList<string> Launch => [.. Session, "/bin/sh", Keeper, Program, .. Arguments];
}

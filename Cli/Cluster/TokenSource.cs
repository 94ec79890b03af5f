using MapReduce.App.Formatting;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>Where the token of a person comes from: never from the command line itself, which other users of the machine can read.</summary>
internal static class TokenSource
{
    public const string TokenVariable = "MAPREDUCE_TOKEN", FileVariable = "MAPREDUCE_TOKEN_FILE";

    /// <summary>From the file that was named, the environment, or the file that a cluster started on this machine leaves for its user.</summary>
    /// <exception cref="UsageException">A file that was named cannot be read, or holds nothing.</exception>
    public static string? Find(string? file, MasterAddresses masters, Func<string, string?> environment)
    {
        if (file is not null) return Read(file, "--token-file");
        if (environment(TokenVariable) is { Length: > 0 } token) return token.Trim();
        if (environment(FileVariable) is { Length: > 0 } named) return Read(named, FileVariable);
        // The token of this machine's cluster is nobody else's business.
        var usual = DefaultFile(environment);
        return masters.AreLocal && File.Exists(usual) ? Read(usual, "the token file of this machine's cluster") : null;
    }

    /// <summary>The token file of the cluster that was started on this machine without naming another folder.</summary>
    public static string DefaultFile(Func<string, string?> environment)
    {
        var state = environment("XDG_STATE_HOME") is { Length: > 0 } home ? home : Path.Combine(environment("HOME") ?? "", ".local", "state");
        return Path.Combine(state, "mapreduce", "token");
    }

    private static string Read(string path, string source)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } token
                ? token
                : throw new UsageException($"{source}: {ShellWord.Quote(path)} is empty: it must hold the token and nothing else.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{source}: {ShellWord.Quote(path)} cannot be read: {refused.Message.TrimEnd('.')}.");
        }
    }
}

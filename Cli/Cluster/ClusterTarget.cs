using MapReduce.App;
using MapReduce.App.Formatting;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>Which cluster a command speaks to.</summary>
/// <param name="Masters">Its masters.</param>
/// <param name="Token">What to show them; null when they ask for nothing.</param>
/// <param name="Words">What to add to another command so that it speaks to the same cluster; empty when the environment says it.</param>
internal sealed record ClusterTarget(MasterAddresses Masters, string? Token, string Words)
{
    public const string MasterVariable = "MAPREDUCE_MASTER";

    /// <summary>The cluster that the options or else the environment name; null when neither names one.</summary>
    /// <exception cref="UsageException">An address that is none, or a token file that cannot be read.</exception>
    public static ClusterTarget? Find(string? master, string? tokenFile, Func<string, string?> environment)
    {
        var address = master ?? environment(MasterVariable);
        if (string.IsNullOrEmpty(address)) return null;
        var masters = Parse(address, master is null ? MasterVariable : "--master");
        var words = (master is null ? "" : $" --master {ShellWord.Quote(master)}") + (tokenFile is null ? "" : $" --token-file {ShellWord.Quote(tokenFile)}");
        return new ClusterTarget(masters, TokenSource.Find(tokenFile, masters, environment), words);
    }

    /// <summary>A client that has the patience of a person before a terminal.</summary>
    public ClusterClient Connect(CliHost host) => new(new ClusterClientOptions
    {
        Masters = Masters,
        Token = Token,
        Patience = TimeSpan.FromSeconds(5),
        Time = host.Time,
        Handler = host.Network,
    });

    private static MasterAddresses Parse(string text, string source)
    {
        try
        {
            return MasterAddresses.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new UsageException($"{source}: {wrong.Message}");
        }
    }
}

using System.CommandLine;
using MapReduce.App;

namespace MapReduce.Cli.Cluster;

/// <summary>The options by which a command is told which cluster it speaks to.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> _master = new("--master")
    {
        Description = $"The master's address, or several divided by commas; default: ${ClusterTarget.MasterVariable}.",
        HelpName = "URL",
    };

    private readonly Option<string> _tokenFile = new("--token-file")
    {
        Description = $"The file that holds the token; default: ${TokenSource.TokenVariable}, ${TokenSource.FileVariable}, or the file of the cluster started on this machine.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_master);
        command.Options.Add(_tokenFile);
    }

    /// <summary>The cluster that was named; null when none was.</summary>
    /// <exception cref="UsageException">It cannot be spoken to as it was named.</exception>
    public ClusterTarget? Find(ParseResult parsed, CliHost host) => ClusterTarget.Find(parsed.GetValue(_master), parsed.GetValue(_tokenFile), host.Environment);

    /// <summary>The cluster that was named.</summary>
    /// <exception cref="UsageException">None was, or it cannot be spoken to as it was named.</exception>
    public ClusterTarget Get(ParseResult parsed, CliHost host) => Find(parsed, host)
        ?? throw new UsageException($"no master is named: add --master URL, or set {ClusterTarget.MasterVariable}; 'dotnet run --project AppHost' starts a cluster and prints its address.");
}

using MapReduce.App;
using MapReduce.Protocol;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>What a person is told when a cluster does not do what was asked, and the exit code that says the same to a script.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="State">The same in a word.</param>
/// <param name="Reasons">Why, each with its remedy.</param>
internal sealed record ClusterError(int ExitCode, string State, IReadOnlyList<string> Reasons)
{
    /// <summary>The error for a failure that is no bug of this program; null for one that is.</summary>
    public static ClusterError? Of(Exception failure) => failure switch
    {
        UsageException wrong => new(App.ExitCode.Usage, "usage", [wrong.Message]),
        MasterUnavailableException away => new(App.ExitCode.Unreachable, "unreachable", [away.Message]),
        KeyNotFoundException unknown => new(App.ExitCode.NotFound, "not-found", [unknown.Message]),
        JobRejectedException rejected => new(App.ExitCode.Rejected, "rejected", rejected.Reasons),
        MasterRefusedException refused => new(App.ExitCode.Rejected, "rejected", [refused.Message]),
        _ => null,
    };

    /// <summary>Runs a command; an error of the cluster becomes its message and exit code.</summary>
    public static async Task<int> CatchAsync(CliHost host, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (host.Interrupt.Fired)
        {
            return App.ExitCode.Interrupted;
        }
        catch (Exception failure) when (Of(failure) is { } error)
        {
            foreach (var reason in error.Reasons) host.Error.WriteLine($"error: {reason}");
            return error.ExitCode;
        }
    }
}

using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Commands;
using MapReduce.Remote;

namespace MapReduce.Cli.Cluster;

/// <summary>What a command does with a cluster.</summary>
internal delegate Task<int> ClusterAct(ParseResult parsed, ClusterClient cluster, ClusterTarget target);

/// <summary>Makes the commands that ask something of a cluster: each has its options, an example, and the cluster's errors as exit codes.</summary>
internal static class ClusterCommand
{
    public static Command Create(CliHost host, string name, string description, string example, IEnumerable<Symbol> symbols, ClusterAct act)
    {
        var options = new ClusterOptions();
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        }
        options.AddTo(command);
        HelpExamples.Add(command, (description.TrimEnd('.'), example));
        command.SetAction((parsed, _) => ClusterError.CatchAsync(host, async () =>
        {
            var target = options.Get(parsed, host);
            using var cluster = target.Connect(host);
            return await act(parsed, cluster, target);
        }));
        return command;
    }

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, one object a line." };

    public static Argument<string> JobId() => new("id") { Description = "The job's id; 'mapreduce job list' shows them." };

    public static Argument<string> WorkerId() => new("id") { Description = "The worker's id; 'mapreduce worker list' shows them." };
}

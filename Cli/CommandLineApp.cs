using System.CommandLine;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.Cli.Cluster;
using MapReduce.Cli.Commands;

namespace MapReduce.Cli;

/// <summary>The <c>mapreduce</c> command: from arguments to an exit code.</summary>
internal sealed class CommandLineApp(JobCatalog catalog, RunCluster cluster, CliHost process)
{
    /// <summary>Runs the command; every failure becomes a message on the error stream and an exit code.</summary>
    public Task<int> RunAsync(string[] args) => new CommandLine("mapreduce", process).RunAsync(host => Root(host, args), args);

    private RootCommand Root(CliHost host, string[] args)
    {
        var root = new RootCommand("MapReduce for .NET: whole jobs over files, in this process with nothing to install, or on a cluster.")
        {
            new RunCommand(catalog, cluster, host).Build(),
        };
        // A short run would feel the making of commands that nobody asked for.
        if (args is ["run", ..]) return root;
        root.Subcommands.Add(new StreamCommand(cluster, host).Build());
        root.Subcommands.Add(new SubmitCommand(catalog, host).Build());
        root.Subcommands.Add(new JobCommand(host).Build());
        root.Subcommands.Add(new WorkerCommand(host).Build());
        root.Subcommands.Add(new JobsCommand(catalog, host).Build());
        root.Subcommands.Add(new ExportStreamingCommand(catalog, host).Build());
        root.Subcommands.Add(new StreamingTask(catalog, host).Build());
        root.Subcommands.Add(new DoctorCommand(host).Build());
        HelpExamples.Add(root,
            ("Count the words of all text files below a directory", "mapreduce run wordcount texts --output out"),
            ("See which jobs there are, and what one of them takes", "mapreduce jobs grep"),
            ("Check that this machine can run jobs", "mapreduce doctor"));
        return root;
    }
}

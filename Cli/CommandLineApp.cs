using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MapReduce.Cli.Cluster;
using MapReduce.Cli.Commands;
using MapReduce.Local;
using MapReduce.Protocol;

namespace MapReduce.Cli;

/// <summary>Runs a job to its end: <see cref="LocalCluster.RunAsync"/>, or a test's stand-in.</summary>
internal delegate Task<JobStatus> RunCluster(
    JobPlan plan, JobSpec spec, LocalClusterOptions options, IProgress<JobStatus>? progress, CancellationToken cancellationToken);

/// <summary>The <c>mapreduce</c> command: from arguments to an exit code.</summary>
internal sealed class CommandLineApp(JobCatalog catalog, RunCluster cluster, CliHost process)
{
    private readonly CliHost _host = process with { Out = new StandardOutput(process.Out) };

    /// <summary>Runs the command; every failure becomes a message on the error stream and an exit code.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await InvokeAsync(args);
        }
        catch (OutputUnwritableException unwritable)
        {
            _host.Error.WriteLine($"error: {unwritable.Message}");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last stop: what arrives here is a bug, and the person must learn where to report it.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return BugReport.Write(bug, _host.Error);
        }
    }

    private async Task<int> InvokeAsync(string[] args)
    {
        var root = Root(args);
        // "@name" and "-abc" are file names like any other; the library would expand the one and take the other apart.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        // Without arguments the help is an error message: nothing was asked for.
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, parser);
        // Help asked for is given, whatever else the line says.
        if (parsed.Action is ParseErrorAction || (parsed.Action is not HelpExamples && UnknownOptions.Of(parsed).Any())) return Refuse(parsed);
        var invocation = new InvocationConfiguration
        {
            Output = args.Length == 0 ? _host.Error : _host.Out,
            Error = _host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var exitCode = await parsed.InvokeAsync(invocation, _host.Interrupt.Token);
        return args.Length == 0 ? ExitCode.Usage : exitCode;
    }

    private RootCommand Root(string[] args)
    {
        var root = new RootCommand("MapReduce for .NET: whole jobs over files, in this process with nothing to install, or on a cluster.")
        {
            new RunCommand(catalog, cluster, _host).Build(),
        };
        // A short run would feel the making of commands that nobody asked for.
        if (args is ["run", ..]) return root;
        root.Subcommands.Add(new SubmitCommand(catalog, _host).Build());
        root.Subcommands.Add(new JobCommand(_host).Build());
        root.Subcommands.Add(new WorkerCommand(_host).Build());
        root.Subcommands.Add(new JobsCommand(catalog, _host).Build());
        root.Subcommands.Add(new DoctorCommand(_host).Build());
        HelpExamples.Add(root,
            ("Count the words of all text files below a directory", "mapreduce run wordcount texts --output out"),
            ("See which jobs there are, and what one of them takes", "mapreduce jobs grep"),
            ("Check that this machine can run jobs", "mapreduce doctor"));
        return root;
    }

    private static string Typed(CommandResult command) =>
        command.Parent is CommandResult outer ? $"{Typed(outer)} {command.Command.Name}" : "mapreduce";

    private int Refuse(ParseResult parsed)
    {
        foreach (var problem in UsageErrors.Of(parsed)) _host.Error.WriteLine($"error: {problem}");
        _host.Error.WriteLine($"See '{Typed(parsed.CommandResult)} --help' for how it is used.");
        return ExitCode.Usage;
    }
}

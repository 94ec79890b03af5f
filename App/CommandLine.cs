using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MapReduce.App.Commands;

namespace MapReduce.App;

/// <summary>A command line: from arguments to an exit code. Every failure becomes a message on the error stream and an exit code.</summary>
/// <param name="program">What a person types to call it: <c>mapreduce</c>.</param>
/// <param name="host">The process.</param>
internal sealed class CommandLine(string program, CliHost host)
{
    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="root">Makes the commands for the host, whose standard output tells its write errors apart.</param>
    /// <param name="args">The arguments.</param>
    public async Task<int> RunAsync(Func<CliHost, RootCommand> root, string[] args)
    {
        var guarded = host with { Out = new StandardOutput(host.Out) };
        try
        {
            return await InvokeAsync(root(guarded), guarded, args);
        }
        catch (OutputUnwritableException unwritable)
        {
            host.Error.WriteLine($"error: {unwritable.Message}");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last stop: what arrives here is a bug, and the person must learn where to report it.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return BugReport.Write(bug, host.Error);
        }
    }

    private async Task<int> InvokeAsync(RootCommand root, CliHost guarded, string[] args)
    {
        // "@name" and "-abc" are file names like any other; the library would expand the one and take the other apart.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        // Without arguments the help is an error message: nothing was asked for.
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, parser);
        // Help asked for is given, whatever else the line says.
        if (parsed.Action is ParseErrorAction || (parsed.Action is not HelpExamples && UnknownOptions.Of(parsed).Any())) return Refuse(parsed);
        var invocation = new InvocationConfiguration
        {
            Output = args.Length == 0 ? guarded.Error : guarded.Out,
            Error = guarded.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var exitCode = await parsed.InvokeAsync(invocation, guarded.Interrupt.Token);
        return args.Length == 0 ? ExitCode.Usage : exitCode;
    }

    private int Refuse(ParseResult parsed)
    {
        foreach (var problem in UsageErrors.Of(parsed)) host.Error.WriteLine($"error: {problem}");
        host.Error.WriteLine($"See '{Typed(parsed.CommandResult)} --help' for how it is used.");
        return ExitCode.Usage;
    }

    private string Typed(CommandResult command) => command.Parent is CommandResult outer ? $"{Typed(outer)} {command.Command.Name}" : program;
}

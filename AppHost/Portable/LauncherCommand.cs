using System.CommandLine;
using MapReduce.AppHost.Portable.Data;
using MapReduce.AppHost.Portable.Terminal;

namespace MapReduce.AppHost.Portable;

/// <summary>The command line of the launcher.</summary>
internal static class LauncherCommand
{
    private const int Failed = 1;

    private static readonly Option<int> Workers = AtLeast(new Option<int>("--workers") { Description = "Worker processes (default 2).", DefaultValueFactory = _ => 2 }, 0);

    private static readonly Option<int?> Slots = new("--slots") { Description = "Tasks that each worker runs at a time (default: processors / workers)." };

    private static readonly Option<int?> Port = new("--port") { Description = "Port of the master; 0 takes a free one (default 5080, or a free one when 5080 is taken)." };

    private static readonly Option<string> Redis = new("--redis")
    {
        Description = "auto (redis-server when it is on the PATH, else none), none (leases in the master's memory), the path of a redis-server, or a connection string.",
        HelpName = "auto|none|PATH|CONNECTION",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> Data = new("--data") { Description = "Folder of the cluster's data (default: mapreduce in $XDG_STATE_HOME or ~/.local/state).", HelpName = "DIR" };

    private static readonly Option<Uri?> Otlp = new("--otlp")
    {
        Description = "Where the services send traces, metrics and logs, for instance http://localhost:4317 (gRPC) or http://localhost:4318 (HTTP).",
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : Reject(result),
    };

    /// <summary>Runs the cluster until it is told to stop. Returns the process's exit code.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        AtLeast(Slots, 1);
        AtLeast(Port, 0);
        var command = new RootCommand("Starts a MapReduce cluster on this machine: Redis, the master and workers. Ctrl+C stops it; the next start goes on with its jobs.")
        {
            Workers, Slots, Port, Redis, Data, Otlp,
        };
        command.SetAction((parsed, cancellation) => LaunchAsync(OptionsOf(parsed)));
        // The launcher has its own way to stop, in which workers come first.
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static LauncherOptions OptionsOf(ParseResult parsed)
    {
        var workers = parsed.GetValue(Workers);
        return new LauncherOptions(
            workers,
            parsed.GetValue(Slots) ?? Math.Max(1, Environment.ProcessorCount / Math.Max(1, workers)),
            parsed.GetValue(Port),
            parsed.GetValue(Redis)!,
            parsed.GetValue(Data) is { } folder ? Path.GetFullPath(folder) : DataFolder.DefaultPath(),
            parsed.GetValue(Otlp));
    }

    private static async Task<int> LaunchAsync(LauncherOptions options)
    {
        var log = LogWriter.OfConsole();
        try
        {
            await using var launcher = new Launcher(options, log, TimeProvider.System);
            using var signals = new StopSignals(log, launcher.Stop, launcher.Hurry);
            await launcher.RunAsync();
            return 0;
        }
        catch (LauncherException failure)
        {
            log.Error(failure.Message);
            return Failed;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.Error($"the cluster has ended: {refused.Message} Its data is in {options.DataFolder}; free some space there, or give this account the right to it.");
            return Failed;
        }
    }

    private static Option<T> AtLeast<T>(Option<T> option, int least)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is int value && value < least) result.AddError($"{option.Name} is {value}: use {least} or more.");
        });
        return option;
    }

    private static Uri? Reject(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--otlp is '{result.Tokens[0].Value}': write a whole address, for instance http://localhost:4317.");
        return null;
    }
}

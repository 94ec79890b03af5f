using MapReduce.App.Progress;

namespace MapReduce.App;

/// <summary>What the command touches of the process it runs in; tests give it another.</summary>
internal sealed record CliHost
{
    /// <summary>Data: lists, summaries, NDJSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For the person who watches: progress and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>How progress is shown when JSON is not asked for.</summary>
    public required ProgressStyle Style { get; init; }

    /// <summary>Fires on Ctrl+C or SIGTERM.</summary>
    public required Interrupt Interrupt { get; init; }

    /// <summary>Opens standard input and standard output as bytes, for commands that are filters.</summary>
    public Func<(Stream Input, Stream Output)> Pipes { get; init; } = () => (Console.OpenStandardInput(), Console.OpenStandardOutput());

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The environment's variables; null for those that are not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Sends requests to a master; null for the real network.</summary>
    public HttpMessageHandler? Network { get; init; }

    /// <summary>The host of the real process.</summary>
    public static CliHost OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Style = ProgressStyle.Choose(Console.IsErrorRedirected, System.Environment.GetEnvironmentVariable),
        Interrupt = new Interrupt(Console.Error, System.Environment.Exit),
    };
}

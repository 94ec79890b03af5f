using App.Tests.Support;
using MapReduce.App;
using MapReduce.App.Progress;
using MapReduce.Cli;
using MapReduce.Protocol;

namespace Cli.Tests.Support;

/// <summary>The command with its streams caught and a stand-in for the cluster.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly Interrupt _interrupt;

    public TestHost() => _interrupt = new Interrupt(Error, code => Exits.Add(code));

    public StringWriter Out { get; } = new() { NewLine = "\n" };

    /// <summary>Standard output instead of <see cref="Out"/>.</summary>
    public TextWriter? StandardOutput { get; init; }

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    /// <summary>Exit codes with which the process would have been ended at once.</summary>
    public List<int> Exits { get; } = [];

    public Interrupt Interrupt => _interrupt;

    /// <summary>The environment's variables; none but these.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The master of a cluster, at any address.</summary>
    public FakeMaster Master { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public JobSpec? Submitted { get; private set; }

    public MapReduce.Local.LocalClusterOptions? Options { get; private set; }

    /// <summary>What the cluster does.</summary>
    public Func<JobSpec, IProgress<JobStatus>?, CancellationToken, Task<JobStatus>> Cluster { get; set; } =
        (_, _, _) => Task.FromResult(Statuses.Succeeded);

    public Task<int> RunAsync(params string[] args)
    {
        var host = new CliHost
        {
            Out = StandardOutput ?? Out,
            Error = Error,
            Style = new ProgressStyle(UsesBars: false, UsesColor: false),
            Interrupt = _interrupt,
            Environment = Environment.GetValueOrDefault,
            Network = Master,
            Time = Time,
        };
        return new CommandLineApp(TestJobs.Catalog, (_, spec, options, progress, cancellationToken) =>
        {
            (Submitted, Options) = (spec, options);
            return Cluster(spec, progress, cancellationToken);
        }, host).RunAsync(args);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        Master.Dispose();
    }
}

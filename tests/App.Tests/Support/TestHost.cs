using MapReduce;
using MapReduce.App;
using MapReduce.App.Commands;
using MapReduce.App.Progress;
using MapReduce.Local;

namespace App.Tests.Support;

/// <summary>A process whose streams are caught.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly Interrupt _interrupt;

    public TestHost() => _interrupt = new Interrupt(Error, _ => { });

    public StringWriter Out { get; } = new() { NewLine = "\n" };

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    public Interrupt Interrupt => _interrupt;

    public CliHost With(bool bars) => new() { Out = Out, Error = Error, Style = new ProgressStyle(bars, UsesColor: false), Interrupt = _interrupt, Environment = _ => null };

    /// <summary>Runs a program that is this job, called <c>count</c>.</summary>
    public Task<int> RunAsync(JobDefinition job, params string[] args) =>
        new CommandLine("count", With(bars: false)).RunAsync(host => new OneJobCommand(job, "count", LocalCluster.RunAsync, host).Build(), args);

    public void Dispose() => _interrupt.Dispose();
}

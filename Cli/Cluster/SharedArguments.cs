using System.CommandLine;
using MapReduce.App.Commands;
using MapReduce.Cli.Commands;

namespace MapReduce.Cli.Cluster;

/// <summary>The arguments that mean something only where a job shares workers with others.</summary>
internal sealed class SharedArguments
{
    private readonly Option<int> _priority = RunOptions.Count("--priority", "Share of a cluster against other jobs; default: 10.", 1, 100);
    private readonly Option<int> _maxDeaths = RunOptions.Count("--max-deaths", "Deaths of workers of a cluster that a task may see before the job fails; default: 4.", 1, 1000);
    private readonly Option<TimeSpan?> _lease = RunOptions.Time("--lease", "How long a worker of a cluster may be silent before its tasks go to others; default: 10s.");

    public void AddTo(Command command)
    {
        command.Options.Add(_priority);
        command.Options.Add(_maxDeaths);
        command.Options.Add(_lease);
    }

    public RunRequest AddTo(RunRequest request, ParseResult parsed) => request with
    {
        Priority = parsed.GetValue(_priority) is > 0 and var priority ? priority : null,
        MaxDeaths = parsed.GetValue(_maxDeaths) is > 0 and var deaths ? deaths : null,
        Lease = parsed.GetValue(_lease),
    };

    /// <summary>Those that were typed.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        ((Option[])[_priority, _maxDeaths, _lease]).Where(option => parsed.GetResult(option) is not null).Select(option => option.Name);
}

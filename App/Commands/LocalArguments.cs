using System.CommandLine;

namespace MapReduce.App.Commands;

/// <summary>The arguments that mean something only where a job runs in this process.</summary>
internal sealed class LocalArguments
{
    private readonly Option<int> _workers = RunOptions.Count("--workers", "Tasks that run at once in this process; default: one for each processor.", 1, 1024);
    private readonly Option<string> _workDirectory = new("--work-dir") { Description = "Where intermediate files go while the job runs in this process; default: within the output.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        _workDirectory.Validators.Add(result => RunOptions.RefuseEmpty(result, "--work-dir", "name a directory, or leave the option out."));
        command.Options.Add(_workers);
        command.Options.Add(_workDirectory);
    }

    public RunRequest AddTo(RunRequest request, ParseResult parsed) => request with
    {
        Workers = parsed.GetValue(_workers) is > 0 and var workers ? workers : Environment.ProcessorCount,
        WorkDirectory = parsed.GetValue(_workDirectory) is { } directory ? Path.GetFullPath(directory) : null,
    };

    /// <summary>Those that were typed.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        ((Option[])[_workers, _workDirectory]).Where(option => parsed.GetResult(option) is not null).Select(option => option.Name);
}

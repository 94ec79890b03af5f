using System.CommandLine;

namespace MapReduce.App.Commands;

/// <summary>The arguments by which a job is described, wherever it runs, and their way into a <see cref="RunRequest"/>.</summary>
/// <param name="takesSettings">False for a command that has options of its own in the place of <c>--set</c>, and no records of which one could be bad.</param>
internal sealed class RunArguments(bool takesSettings = true)
{
    /// <summary>What the output directory will hold, for a help text.</summary>
    public const string OutputNotes = """
        Output:
          Parts named part-r-00000... of lines key<TAB>value, then _SUCCESS with sizes and checksums of the parts.
          Nothing is visible in the output directory before the job has succeeded.
        """;

    private readonly Argument<string[]> _inputs = new("input")
    {
        Description = "Files, directories (read recursively) and quoted glob patterns; .gz and .br are read as they are. NAME=PATH for a job with named inputs; - is standard input, kept in a temporary file while the job runs in this process.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The directory to write; new, empty, or an earlier output with --overwrite.", HelpName = "DIR", Required = true };
    private readonly Option<int> _reducers = RunOptions.Count("--reducers", "Reduce tasks, which is the number of parts; default: chosen from the input.", 1, 65_535);
    private readonly Option<long> _splitSize = RunOptions.Size("--split-size", "Input of one map task, such as 64MiB, at least 64KiB; default: chosen from the input.", 64L << 10);
    private readonly Option<long> _memory = RunOptions.Size("--memory", "Memory of each running task, at least 16MiB; default: 256MiB.", 16L << 20);
    private readonly Option<KeyValuePair<string, string>[]> _set = RunOptions.Settings("--set", "One option of the job; repeat it for more.");
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the output of an earlier job." };
    private readonly Option<string> _name = new("--name") { Description = "What to call this run in lists; default: the job's name.", HelpName = "TEXT" };
    private readonly Option<int> _maxAttempts = RunOptions.Count("--max-attempts", "Failures that a task may have before the job fails; default: 4.", 1, 1000);
    private readonly Option<TimeSpan?> _taskTimeout = RunOptions.Time("--task-timeout", "How long a task may make no progress; default: 10m.");
    private readonly Option<TimeSpan?> _jobTimeout = RunOptions.Time("--job-timeout", "How long the job may take; default: no limit.");
    private readonly Option<int> _skipBadRecords = RunOptions.Count("--skip-bad-records", "Bad records that may be left out, counted and saved beside the output; default: 0, the first fails the job.", 0, int.MaxValue);
    private readonly Option<bool> _json = new("--json") { Description = "Write progress and result to standard output, one JSON object a line." };

    public void AddTo(Command command)
    {
        _inputs.Validators.Add(result => RunOptions.RefuseEmpty(result, "<input>", "name a file, a directory or a pattern."));
        _output.Validators.Add(result => RunOptions.RefuseEmpty(result, "--output", "name the directory to write."));
        command.Arguments.Add(_inputs);
        foreach (var option in (ReadOnlySpan<Option>)[_output, _reducers, _splitSize, _memory, .. takesSettings ? [_set, _skipBadRecords] : (Option[])[], _overwrite, _name, _maxAttempts, _taskTimeout, _jobTimeout, _json])
            command.Options.Add(option);
    }

    public RunRequest Read(ParseResult parsed, string job) => new()
    {
        Job = job,
        Inputs = parsed.GetRequiredValue(_inputs),
        Output = parsed.GetRequiredValue(_output),
        Set = takesSettings ? parsed.GetValue(_set) ?? [] : [],
        Reducers = parsed.GetValue(_reducers),
        SplitSize = parsed.GetValue(_splitSize),
        Memory = parsed.GetValue(_memory) is > 0 and var memory ? memory : RunRequest.DefaultMemory,
        Overwrite = parsed.GetValue(_overwrite),
        Name = parsed.GetValue(_name),
        MaxAttempts = parsed.GetValue(_maxAttempts) is > 0 and var attempts ? attempts : null,
        TaskTimeout = parsed.GetValue(_taskTimeout),
        JobTimeout = parsed.GetValue(_jobTimeout),
        SkipBadRecords = parsed.GetValue(_skipBadRecords),
        Json = parsed.GetValue(_json),
    };
}

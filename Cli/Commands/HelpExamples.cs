using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MapReduce.Cli.Commands;

/// <summary>Adds examples below a command's generated help, and what else a person should know.</summary>
internal sealed class HelpExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();
    private readonly (string Purpose, string Line)[] _examples;
    private readonly string? _notes;

    private HelpExamples((string, string)[] examples, string? notes) => (_examples, _notes) = (examples, notes);

    /// <summary>Gives a command a help option of its own, with these examples.</summary>
    public static void Add(Command command, params (string Purpose, string Line)[] examples) => Add(command, null, examples);

    /// <summary>Gives a command a help option of its own, with notes and examples.</summary>
    public static void Add(Command command, string? notes, params (string Purpose, string Line)[] examples)
    {
        if (command.Options.FirstOrDefault(option => option is HelpOption) is not { } help)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }
        help.Action = new HelpExamples(examples, notes);
    }

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (_notes is not null)
        {
            output.WriteLine(_notes);
            output.WriteLine();
        }
        output.WriteLine("Examples:");
        foreach (var (purpose, line) in _examples)
        {
            output.WriteLine($"  # {purpose}");
            output.WriteLine($"  {line}");
        }
        return ExitCode.Ok;
    }
}

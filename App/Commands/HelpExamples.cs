using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MapReduce.App.Commands;

/// <summary>Adds examples below a command's generated help, and what else a person should know.</summary>
internal sealed class HelpExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();
    private readonly (string Purpose, string Line)[] _examples;
    private readonly string? _notes;
    private readonly Action<ParseResult, TextWriter>? _end;

    private HelpExamples((string, string)[] examples, string? notes, Action<ParseResult, TextWriter>? end) => (_examples, _notes, _end) = (examples, notes, end);

    /// <summary>Gives a command a help option of its own, with these examples.</summary>
    public static void Add(Command command, params (string Purpose, string Line)[] examples) => Add(command, null, null, examples);

    /// <summary>Gives a command a help option of its own, with notes, examples, and an end that depends on what was typed.</summary>
    public static void Add(Command command, string? notes, Action<ParseResult, TextWriter>? end, params (string Purpose, string Line)[] examples)
    {
        if (command.Options.FirstOrDefault(option => option is HelpOption) is not { } help)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }
        help.Action = new HelpExamples(examples, notes, end);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.Write(Generated(parseResult));
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
        _end?.Invoke(parseResult, output);
        return ExitCode.Ok;
    }

    // In the list of commands the library shows an optional argument as one that must be given.
    private string Generated(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        configuration.Output = text;
        _help.Invoke(parseResult);
        configuration.Output = output;
        var optional = parseResult.CommandResult.Command.Subcommands
            .SelectMany(command => command.Arguments, (command, argument) => (command, argument))
            .Where(pair => pair.argument.Arity.MinimumNumberOfValues == 0);
        return optional.Aggregate(text.ToString(), (help, pair) => help.Replace($"{pair.command.Name} <{pair.argument.Name}>", $"{pair.command.Name} [{pair.argument.Name}]", StringComparison.Ordinal));
    }
}

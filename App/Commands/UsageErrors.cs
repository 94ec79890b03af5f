using System.CommandLine;
using System.CommandLine.Parsing;

namespace MapReduce.App.Commands;

/// <summary>What is wrong with a command line, in words that name what is missing or unknown.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is { Subcommands.Count: > 0, Arguments.Count: 0 } outer)
        {
            var commands = string.Join(", ", outer.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
            var unknown = parsed.UnmatchedTokens is [var first, ..] ? $"there is no command '{first}'" : "a command is missing";
            return [$"{unknown}. Commands: {commands}."];
        }
        var unknownOptions = UnknownOptions.Of(parsed).ToList();
        var errors = parsed.Errors.Where(error => !unknownOptions.Any(option => IsAbout(option, error)));
        // Of a missing argument the library does not say which one it is.
        return unknownOptions.Select(option => UnknownOptions.Message(parsed, option)).Concat(errors.Select(error => error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult, Argument: var missing }
            ? $"<{missing.Name}> is missing: {missing.Description}"
            : error.Message));
    }

    // What the library says of a word for which the command has no argument.
    private static bool IsAbout(string unknown, ParseError error) =>
        error.SymbolResult is CommandResult && error.Message.Contains($"'{unknown}'", StringComparison.Ordinal);
}

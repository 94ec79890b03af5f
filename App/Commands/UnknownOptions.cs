using System.CommandLine;
using System.CommandLine.Parsing;

namespace MapReduce.App.Commands;

/// <summary>Words that look like options and are none of the command's. The library would take them for file names.</summary>
internal static class UnknownOptions
{
    /// <summary>Those before <c>--</c>, as they were typed.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var isName = new HashSet<Token>(PositionalTokens(parsed), ReferenceEqualityComparer.Instance);
        return parsed.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => IsOptionLike(token.Value) && isName.Contains(token))
            .Select(token => token.Value)
            .Concat(parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? [] : parsed.UnmatchedTokens.Where(IsOptionLike));
    }

    /// <summary>Names the option that was probably meant, and how to write a file name of this form.</summary>
    public static string Message(ParseResult parsed, string typed)
    {
        var name = typed.Split('=', ':')[0];
        var options = parsed.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        var meant = NearestName.Find(name, options) is { } near ? $": did you mean '{near}'?" : ".";
        return $"unknown option '{name}'{meant} Put -- before file names that begin with a dash.";
    }

    private static IEnumerable<Token> PositionalTokens(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []);

    // A dash alone is a name by custom.
    private static bool IsOptionLike(string word) => word.Length > 1 && word[0] == '-';
}

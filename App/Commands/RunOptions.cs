using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MapReduce.App.Formatting;

namespace MapReduce.App.Commands;

/// <summary>Options whose values have a form of their own, with errors that show that form.</summary>
internal static class RunOptions
{
    /// <summary>A whole number within a range.</summary>
    public static Option<int> Count(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
            result.AddError($"{name} '{text}' is not a whole number from {min:N0} to {max:N0}.");
            return 0;
        },
    };

    /// <summary>A size in bytes with a unit, not below a least one.</summary>
    public static Option<long> Size(string name, string description, long least) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (!ByteSize.TryParse(text, out var bytes) || bytes <= 0)
                result.AddError($"{name} '{text}' is not a size: write bytes or a unit, as in 67108864, 64MiB, 1.5GiB.");
            else if (bytes < least)
                result.AddError($"{name} '{text}' is too small: use {ByteSize.Format(least)} or more.");
            return bytes;
        },
    };

    /// <summary>A time with a unit.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Durations.TryParse(text, out var time)) return time;
            result.AddError($"{name} '{text}' is not a time: write a number and a unit, as in 500ms, 10s, 5m, 1.5h, 2d.");
            return null;
        },
    };

    /// <summary>Any number of <c>name=value</c>.</summary>
    public static Option<KeyValuePair<string, string>[]> Settings(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME=VALUE",
        CustomParser = result => [.. result.Tokens.Select(token => Setting(name, token.Value, result))],
    };

    /// <summary>Refuses a path without a letter, which a script writes when its variable is not set.</summary>
    public static void RefuseEmpty(SymbolResult result, string name, string remedy)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError($"{name} is empty: {remedy}");
    }

    private static KeyValuePair<string, string> Setting(string option, string text, ArgumentResult result)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) result.AddError($"{option} '{text}' lacks its value: write {option} name=value.");
        return equals <= 0 ? default : KeyValuePair.Create(text[..equals], text[(equals + 1)..]);
    }
}

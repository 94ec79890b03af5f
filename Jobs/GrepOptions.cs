namespace MapReduce.Jobs;

/// <summary>What <see cref="Grep"/> looks for.</summary>
/// <param name="Pattern">A .NET regular expression, or the text itself with <paramref name="Literal"/>.</param>
/// <param name="Literal">The pattern is text, not an expression.</param>
/// <param name="IgnoreCase">Upper and lower case are equal, whatever the language.</param>
/// <param name="Count">Write only the number of matching lines.</param>
public sealed record GrepOptions(
    [Option("A .NET regular expression that a line must contain a match of; ^ and $ are the line's ends")] string Pattern,
    [Option("Take the pattern as plain text")] bool Literal = false,
    [Option("Take upper and lower case as equal")] bool IgnoreCase = false,
    [Option("Write one line: the number of matching lines")] bool Count = false);

using System.Text.RegularExpressions;
using MapReduce.Testing;

namespace Docs;

/// <summary>
/// A block of C# in a page, with the blocks of input and output below it. <c>```input</c> is the file of a run, <c>```input orders</c>
/// that of the input of this name; <c>```output</c> are the lines that the job's parts hold, <c>```output errors</c> those of the output
/// of this name.
/// </summary>
/// <param name="Name">Where it stands, for the list of tests: the heading above it, with a number.</param>
/// <param name="Code">The code.</param>
/// <param name="Inputs">The files to run it over; none when it is only to be compiled.</param>
/// <param name="Outputs">The lines expected, by output.</param>
public sealed partial record Snippet(string Name, string Code, IReadOnlyList<TestFile> Inputs, IReadOnlyList<(string Output, string[] Lines)> Outputs)
{
    /// <summary>All snippets of a page.</summary>
    public static IReadOnlyList<Snippet> In(string page)
    {
        var snippets = new List<Snippet>();
        var heading = "";
        foreach (Match match in Parts().Matches(page.ReplaceLineEndings("\n")))
        {
            if (match.Groups["heading"] is { Success: true } title) heading = title.Value;
            else if (match.Groups["kind"].Value == "csharp") snippets.Add(new($"{heading} {snippets.Count + 1}", match.Groups["text"].Value, [], []));
            else if (snippets.Count > 0) snippets[^1] = snippets[^1].With(match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["text"].Value);
        }
        return snippets;
    }

    public override string ToString() => Name;

    private Snippet With(string kind, string name, string text) => kind switch
    {
        "input" => this with { Inputs = [.. Inputs, new TestFile(name.Length == 0 ? "input.txt" : name, text)] },
        "output" => this with { Outputs = [.. Outputs, (name.Length == 0 ? "part" : name, text.Split('\n', StringSplitOptions.RemoveEmptyEntries))] },
        _ => this,
    };

    [GeneratedRegex(@"^#+ (?<heading>.+)$|^```(?<kind>[a-z]+) ?(?<name>\S*)\n(?<text>(?:.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Parts();
}

namespace MapReduce.Input;

/// <summary>What the search for input brings to light: problems, which reject the job, and notes, which a person should see.</summary>
internal sealed class InputFindings
{
    private const int NamesInNote = 5;
    private readonly List<string> _problems = [], _loops = [], _hidden = [], _twice = [];
    private readonly HashSet<string> _overlaps = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>One line for each kind, however many files there are.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Note(_hidden, "Skipped, because a name that starts with '.' or '_' is not input unless it is named itself"),
        .. Note(_twice, "Read once, though named or linked more than once"),
        .. Note(_loops, "Not followed, because the link leads to a directory above it"),
    ];

    public void Problem(string message) => _problems.Add(message);

    /// <summary>A problem between an input and the output; one for each input says enough.</summary>
    public void Overlap(string input, string message)
    {
        if (_overlaps.Add(input)) _problems.Add(message);
    }

    public void Hidden(string path) => _hidden.Add(path);

    public void Twice(string path) => _twice.Add(path);

    public void Loop(string path, string target) => _loops.Add($"{path} -> {target}");

    /// <summary>For a message on an empty directory: how many names in it were passed over.</summary>
    public string HiddenBelow(string directory)
    {
        var count = _hidden.Count(path => path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return count == 0 ? "" : $" ({count} that start with '.' or '_' were skipped)";
    }

    private static IEnumerable<string> Note(List<string> paths, string what)
    {
        if (paths.Count == 0) yield break;
        var more = paths.Count > NamesInNote ? $", and {paths.Count - NamesInNote} more" : "";
        yield return $"{what}: {string.Join(", ", paths.Take(NamesInNote))}{more}";
    }
}

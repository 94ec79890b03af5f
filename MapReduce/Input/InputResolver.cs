using MapReduce.Protocol;
using MapReduce.Storage;

namespace MapReduce.Input;

/// <summary>Turns the inputs that a job names into files, and collects every problem on the way. Used once.</summary>
internal sealed class InputResolver(IFileSystem files, InputFindings findings)
{
    private readonly InputTree _tree = new(files, findings);
    private readonly HashSet<(int Source, string RealPath)> _taken = [];
    private IReadOnlyList<InputShape> _shapes = [];
    private string _output = "";
    private string? _realOutput;

    /// <summary>The files in the order of the inputs, those of one directory or glob by path; each once for every input that reads it.</summary>
    public IReadOnlyList<InputFile> Resolve(JobSpec spec)
    {
        _shapes = spec.InputShapes;
        _output = Normalize(spec.Output);
        _realOutput = Path.IsPathFullyQualified(spec.Output) ? _tree.RealPath(_output) : null;
        var found = new List<InputFile>();
        foreach (var (name, input) in InputEntry.Of(spec))
        {
            var sources = Enumerable.Range(0, _shapes.Count).Where(source => _shapes[source].Name == name).ToList();
            if (!Path.IsPathFullyQualified(input))
            {
                findings.Problem(input == "-"
                    ? "Input '-', standard input, is not seen by the machines of a cluster: put the data into a file that they see, or run the job in the process that has it."
                    : $"Input '{input}' is not an absolute path: write it from the root.");
                continue;
            }

            // What cannot even be looked at is a problem of this input; the others may have more to report.
            try
            {
                Resolve(Normalize(input), sources, found);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                findings.Problem($"Input '{input}' cannot be looked at: {error.Message} Repair the path, or make it readable for this user.");
            }
        }

        return found;
    }

    private void Resolve(string input, IReadOnlyList<int> sources, List<InputFile> found)
    {
        // What exists is taken as it is named, even with a star in its name.
        var named = _tree.Find(input);
        var glob = named is null ? Glob.Parse(input) : null;
        if (named is null && glob is null)
        {
            findings.Problem($"Input '{input}' does not exist: check the path.{Unnamed(input)}");
            return;
        }

        CheckOverlap(input, named, glob);
        var problems = findings.Problems.Count;
        var nodes = new InputWalk(_tree, findings).Files(named is not null ? [named] : new GlobWalk(_tree, glob!).Run());
        Take(nodes, input, sources, found);
        // Nothing found where something could not be listed is no finding of its own.
        if (nodes.Count > 0 || findings.Problems.Count > problems) return;
        findings.Problem(named is null
            ? $"Input '{input}' matches no file: check the pattern, and quote it so that the shell leaves it alone."
            : $"Input directory '{input}' holds no file to read{findings.HiddenBelow(input)}: put files into it, or name another.");
    }

    private void Take(IReadOnlyList<InputNode> nodes, string input, IReadOnlyList<int> sources, List<InputFile> found)
    {
        if (_realOutput is not null && nodes.FirstOrDefault(node => IsWithin(node.RealPath, _realOutput)) is { } inside)
            findings.Overlap(input, $"Input file '{inside.Path}' lies in the output directory '{_output}': choose an output directory of its own.");
        foreach (var node in nodes)
        {
            var fresh = sources.Where(source => _taken.Add((source, node.RealPath))).ToList();
            if (fresh.Count < sources.Count) findings.Twice(node.Path);
            if (fresh.Count == 0 || !CanRead(node, out var isWide)) continue;
            foreach (var source in fresh)
            {
                var isWhole = !_shapes[source].IsSplittable || Compression.IsCompressed(node.Path) || (isWide && _shapes[source].IsText);
                found.Add(new InputFile(node.Path, node.Entry.Length, node.Entry.ModifiedTicks, source, isWhole));
            }
        }
    }

    private bool CanRead(InputNode node, out bool isWide)
    {
        isWide = false;
        try
        {
            using var reader = files.OpenRead(node.Path);
            var length = reader.Length;
            Span<byte> start = stackalloc byte[ByteOrderMark.Longest];
            start = start[..reader.Read(start, 0)];
            isWide = ByteOrderMark.Find(start) is not null;
            if (length != node.Entry.Length)
                findings.Problem($"Input file '{node.Path}' had {node.Entry.Length} bytes when it was found, and {length} when it was opened: wait until nothing writes to it.");
            else if (length == 0 && start.Length > 0)
                // A pseudo file says that it is empty: taken at its word, its data would be missing without a word.
                findings.Problem($"Input file '{node.Path}' holds data but has no length: copy the data into a regular file.");
            else
                return true;
        }
        catch (NotSupportedException)
        {
            findings.Problem($"Input '{node.Path}' is not a regular file (a pipe or a device): copy its data into a file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Problem($"Input file '{node.Path}' cannot be read: {error.Message} Make it readable for this user, or leave it out.");
        }

        return false;
    }

    private void CheckOverlap(string input, InputNode? named, Glob? glob)
    {
        if (_realOutput is null) return;
        if (glob?.Covers(_output) == true)
            findings.Overlap(input, $"Output '{_output}' matches the input '{input}', so that the next run would read it: choose an output directory outside.");
        if (named is null) return;
        if (named.RealPath == _realOutput)
            findings.Overlap(input, $"Output '{_output}' is the input '{input}': choose another output directory.");
        else if (IsWithin(_realOutput, named.RealPath))
            findings.Overlap(input, $"Output '{_output}' lies inside the input '{input}', so that the next run would read it: choose an output directory outside.");
        else if (IsWithin(named.RealPath, _realOutput))
            findings.Overlap(input, $"Input '{input}' lies inside the output directory '{_output}': choose an output directory of its own.");
    }

    // A path may well hold an equals sign, but a name does where a job has none.
    private string Unnamed(string input) =>
        Path.GetFileName(input).Contains('=', StringComparison.Ordinal) && !InputEntry.HasNames(_shapes) ? " The job does not name its inputs: give it paths alone." : "";

    private static bool IsWithin(string path, string directory) =>
        path.Length > directory.Length
        && path.StartsWith(directory, StringComparison.Ordinal)
        && (Path.EndsInDirectorySeparator(directory) || path[directory.Length] == Path.DirectorySeparatorChar);

    private static string Normalize(string path) =>
        Path.IsPathFullyQualified(path) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) : path;
}

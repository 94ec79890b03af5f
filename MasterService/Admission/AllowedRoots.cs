using MapReduce.Input;
using MapReduce.MasterService.Options;
using MapReduce.Protocol;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Admission;

/// <summary>The directories to which jobs are confined. Links are followed before a path is judged. Safe for concurrent use.</summary>
internal sealed class AllowedRoots
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    private readonly string[] _roots;

    public AllowedRoots(IOptions<MasterOptions> options) =>
        _roots = [.. options.Value.Roots.Select(root => RealPath.Of(Path.GetFullPath(root)))];

    // Without roots the master listens on loopback only, see MasterOptionsValidator.
    private bool IsEverything => _roots.Length == 0 || _roots.Any(root => Path.GetDirectoryName(root) is null);

    private string Remedy => $"use a path below {string.Join(" or ", _roots)}, or let the master's operator add a directory to MapReduce:Roots.";

    /// <summary>What is wrong with the paths that a job names, before anything is looked for there.</summary>
    public IEnumerable<string> ProblemsOf(JobSpec spec)
    {
        if (IsEverything) yield break;
        foreach (var input in InputEntry.Of(spec).Where(input => !Contains(FixedPart(input.Path))))
            yield return $"Input '{input.Path}' lies outside of what jobs may read: {Remedy}";
        if (!Contains(spec.Output))
            yield return $"Output '{spec.Output}' lies outside of where jobs may write: {Remedy}";
    }

    /// <summary>What is wrong with the files that were found: a link below a root may lead out of it.</summary>
    public IEnumerable<string> ProblemsOf(InputPlan plan)
    {
        if (IsEverything) yield break;
        foreach (var file in plan.Splits.SelectMany(split => split.Pieces).Select(piece => piece.Path).Distinct(StringComparer.Ordinal))
            if (!Contains(file)) yield return $"Input file '{file}' leads outside of what jobs may read: {Remedy}";
    }

    private bool Contains(string path)
    {
        // It is no file of this machine, and the planner refuses it with a reason of its own.
        if (!Path.IsPathFullyQualified(path) || !SpecProblems.IsPath(path)) return true;
        var real = RealPath.Of(Path.GetFullPath(path));
        return _roots.Any(root => real == root || real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    // The directory before the first name with a wildcard.
    private static string FixedPart(string input)
    {
        var wildcard = input.IndexOfAny(Wildcards);
        return wildcard < 0 ? input : input[..(input.LastIndexOf(Path.DirectorySeparatorChar, wildcard) + 1)];
    }
}

using MapReduce.Protocol;

namespace MapReduce.Input;

/// <summary>Whether the entries of a job fit the names of its inputs.</summary>
internal static class InputNames
{
    /// <summary>The problems, each with its remedy.</summary>
    public static IEnumerable<string> Problems(JobSpec spec)
    {
        if (!InputEntry.HasNames(spec.InputShapes)) yield break;
        var names = spec.InputShapes.Select(shape => shape.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var entries = InputEntry.Of(spec).ToList();
        foreach (var entry in entries)
        {
            if (entry.Name is null)
                yield return $"Input '{entry.Path}' does not say which input of job '{spec.Job}' it is: write {string.Join(" or ", names.Select(name => $"{name}={entry.Path}"))}.";
            else if (!names.Contains(entry.Name))
                yield return $"Input '{entry}' is for '{entry.Name}', which job '{spec.Job}' does not read: its inputs are {string.Join(", ", names)}.";
        }

        foreach (var name in names.Where(name => !entries.Exists(entry => entry.Name == name)))
            yield return $"Job '{spec.Job}' has no path for its input '{name}': add {name}=PATH.";
    }
}

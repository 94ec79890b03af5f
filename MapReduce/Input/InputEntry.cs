using MapReduce.Protocol;

namespace MapReduce.Input;

/// <summary>One of <see cref="JobSpec.Inputs"/>, taken apart.</summary>
/// <param name="Name">The input that it is for; null where the job names none, or where the entry lacks it.</param>
/// <param name="Path">A file, a directory or a glob pattern.</param>
public readonly record struct InputEntry(string? Name, string Path)
{
    /// <summary>The entries of a job. A path may hold an equals sign: where the job names its inputs, the first one ends the name.</summary>
    public static IEnumerable<InputEntry> Of(JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var hasNames = HasNames(spec.InputShapes);
        return spec.Inputs.Select(input => Parse(input, hasNames));
    }

    /// <summary>True when the entries of a job with these inputs begin with a name.</summary>
    public static bool HasNames(IReadOnlyList<InputShape> shapes) => shapes.Any(shape => shape.Name is not null);

    /// <summary>Takes an entry apart.</summary>
    public static InputEntry Parse(string input, bool hasNames)
    {
        ArgumentNullException.ThrowIfNull(input);
        return hasNames && input.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? new InputEntry(input[..end], input[(end + 1)..]) : new InputEntry(null, input);
    }

    /// <summary>The entry as <see cref="JobSpec.Inputs"/> holds it.</summary>
    public override string ToString() => Name is null ? Path : $"{Name}={Path}";
}

namespace MapReduce.Protocol;

/// <summary>What the planner must know of an input that a plan reads.</summary>
/// <param name="IsSplittable">True when the format finds its records from any offset on, so that several tasks may share a file.</param>
/// <param name="IsText">True when a file that starts with the byte-order mark of UTF-16 or UTF-32 is read as UTF-8.</param>
/// <param name="Name">By which <see cref="JobSpec.Inputs"/> gives it paths, as <c>name=path</c>; null (the default) where all paths are for it.</param>
public sealed record InputShape(bool IsSplittable, bool IsText, string? Name = null)
{
    /// <summary>Lines of every path that the job names.</summary>
    internal static IReadOnlyList<InputShape> OnlyLines { get; } = [Lines(null)];

    internal static InputShape Lines(string? name) => new(IsSplittable: true, IsText: true, name);
}

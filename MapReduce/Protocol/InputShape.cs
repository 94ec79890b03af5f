namespace MapReduce.Protocol;

/// <summary>What the planner must know of an input that a plan reads.</summary>
/// <param name="IsSplittable">True when the format finds its records from any offset on, so that several tasks may share a file.</param>
/// <param name="IsText">True when a file that starts with the byte-order mark of UTF-16 or UTF-32 is read as UTF-8.</param>
/// <param name="Name">By which <see cref="JobSpec.Inputs"/> gives it paths, as <c>name=path</c>; null (the default) where all paths are for it.</param>
/// <param name="Step">The step that reads it, from 0 (the default).</param>
public sealed record InputShape(bool IsSplittable, bool IsText, string? Name = null, int Step = 0)
{
    /// <summary>Lines of every path that the job names.</summary>
    internal static IReadOnlyList<InputShape> OnlyLines { get; } = [Lines(null)];

    /// <summary>Which source of its step reads an input: in every step but the first, the step before is the first source.</summary>
    internal static int SourceOf(IReadOnlyList<InputShape> shapes, int index) =>
        shapes.Take(index).Count(shape => shape.Step == shapes[index].Step) + (shapes[index].Step > 0 ? 1 : 0);

    internal static InputShape Lines(string? name) => new(IsSplittable: true, IsText: true, name);
}

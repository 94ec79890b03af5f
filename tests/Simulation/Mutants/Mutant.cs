namespace Simulation.Mutants;

/// <summary>A bug that is planted into the product, to see whether the simulation finds it.</summary>
/// <param name="Name">What it takes from the product.</param>
/// <param name="Why">Why it is a bug.</param>
/// <param name="Seeds">The number of seeds within which it must be found.</param>
/// <param name="Changes">What is exchanged. More than one where a second layer would hide the loss of the first.</param>
internal sealed record Mutant(string Name, string Why, int Seeds, params IReadOnlyList<Change> Changes);

/// <summary>A piece of source to exchange.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Old">Must stand in the file exactly once.</param>
/// <param name="New">What the compiler is to see in its place.</param>
internal sealed record Change(string File, string Old, string New)
{
    /// <exception cref="InvalidOperationException">The text is not there, or not only once.</exception>
    public string Apply(string source)
    {
        var count = source.Split(Old).Length - 1;
        return count == 1 ? source.Replace(Old, New, StringComparison.Ordinal) : throw new InvalidOperationException(
            $"{File} holds the text of a mutant {count} times, not once. The code has changed, and the mutant must follow it:\n{Old}");
    }
}

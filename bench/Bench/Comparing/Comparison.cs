using Bench.Preparing;

namespace Bench.Comparing;

/// <summary>Two programs that do the same work, run in turn.</summary>
/// <param name="Name">By which it is chosen on the command line.</param>
/// <param name="Title">The class of work and its input, for the report.</param>
internal sealed record Comparison(string Name, string Title, Contender Ours, Contender Theirs)
{
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>The inputs to generate before it can run.</summary>
    public required IReadOnlyList<InputSet> Inputs { get; init; }

    /// <summary>The projects to publish, by their folders.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>The projects to build where they are, by their folders.</summary>
    public IReadOnlyList<string> Builds { get; init; } = [];

    /// <summary>What must stand ready while it runs; null for nothing.</summary>
    public ClusterScene? Scene { get; init; }

    /// <summary>The programs that it needs beside the SDK.</summary>
    public IReadOnlyList<Tool> Tools { get; init; } = [];
}

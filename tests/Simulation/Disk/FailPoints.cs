using Simulation.World;

namespace Simulation.Disk;

/// <summary>Finds the fail-point of a file operation by its name.</summary>
internal static class FailPoints
{
    private static readonly int Operations = Enum.GetValues<FileOperation>().Length;

    private static readonly FailPoint?[] Table =
        [.. from kind in Enum.GetValues<FileKind>()
            from operation in Enum.GetValues<FileOperation>()
            select Enum.TryParse($"{kind}{operation}", out FailPoint point) ? (FailPoint?)point : null];

    private static readonly HashSet<FailPoint> Namings =
        [.. Enum.GetValues<FileKind>().SelectMany(kind => (FailPoint?[])[Of(kind, FileOperation.Link), Of(kind, FileOperation.Rename)]).OfType<FailPoint>()];

    /// <summary>True where a file gets a name that others may see before it is durable.</summary>
    public static bool IsNaming(FailPoint point) => Namings.Contains(point);

    /// <summary>The fail-point; null when none is known for this operation on a file that lies there.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="path">The file; of a rename the old name, of a link the new one.</param>
    public static FailPoint? Of(FileOperation operation, string path) =>
        FileKinds.Of(path) is { } kind ? Of(kind, operation) : null;

    private static FailPoint? Of(FileKind kind, FileOperation operation) => Table[((int)kind * Operations) + (int)operation];
}

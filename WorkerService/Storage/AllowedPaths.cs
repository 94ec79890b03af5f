using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Worker;

namespace MapReduce.WorkerService.Storage;

/// <summary>Whether this worker may, and can, work on the storage that a job names. Safe for concurrent use.</summary>
/// <param name="roots">Directories that hold all that may be touched, absolute; none for no limit.</param>
/// <param name="output">The shared output.</param>
internal sealed class AllowedPaths(IEnumerable<string> roots, FileOutputStore output)
{
    private readonly string[] _roots = [.. roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)))];

    /// <summary>Looks at a lease before anything of it is run.</summary>
    /// <exception cref="AttemptFailedException">Its paths lie outside of the roots, or the output directory is not the master's.</exception>
    public void Check(TaskLease lease)
    {
        if (PathsOf(lease).FirstOrDefault(path => !IsAllowed(path)) is { } outside)
            throw Refuse($"'{outside}' lies outside of what this worker may touch ({string.Join(", ", _roots)}): mount it here and add it to MapReduce:Worker:Roots.");
        // The master wrote the job's id there before the job became visible: a host that does not find it sees another disk.
        if (!output.IsClaimedBy(lease.JobId, lease.Spec.Output))
            throw Refuse($"Output directory '{lease.Spec.Output}' as this worker sees it is not the one that the master prepared for job {lease.JobId}: mount the same storage at the same path on all machines.");
    }

    private static IEnumerable<string> PathsOf(TaskLease lease) =>
        (lease.SampledSplits ?? []).Append(lease.Split).OfType<InputSplit>().SelectMany(split => split.Pieces).Select(piece => piece.Path).Append(lease.Spec.Output);

    private bool IsAllowed(string path)
    {
        if (_roots.Length == 0) return true;
        var full = Path.GetFullPath(path);
        return _roots.Any(root => full == root || full.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    private static AttemptFailedException Refuse(string message) => new(new AttemptFailure(FailureKind.Worker, message));
}

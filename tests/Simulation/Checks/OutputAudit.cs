using System.Text;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using Simulation.Cluster;
using Simulation.Jobs;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>
/// Looks at an output directory after every change of a name, as a reader would who comes at the worst moment: before an
/// outcome it is as it was, with a new <c>_SUCCESS</c> it is what a sequential run gives, and then it stays so.
/// </summary>
/// <param name="world">Told of what is broken.</param>
/// <param name="disk">All files.</param>
/// <param name="output">The directory.</param>
/// <param name="jobs">The jobs that want to write there.</param>
internal sealed class OutputAudit(VirtualWorld world, IFileSystem disk, string output, IReadOnlyList<SimJob> jobs)
{
    private readonly Dictionary<string, FileEntry> _outcomes = [];
    private IReadOnlyList<FileEntry>? _settled;
    private SimJob? _committing;

    /// <summary>Called for each outcome, within the disk operation that publishes it.</summary>
    public Action? Decided { get; set; }

    public void Look()
    {
        if (world.Failure is not null) return;
        foreach (var job in jobs) CheckOutcome(job);
        var visible = Visible();
        _settled ??= visible;
        if (_committing is null)
        {
            if (!visible.SequenceEqual(_settled)) world.Fail($"5/16: the output changed without an outcome, from {Names(_settled)} to {Names(visible)}");
        }
        else if (Content("_SUCCESS") is { } success && Encoding.UTF8.GetString(success).Contains(_committing.Id, StringComparison.Ordinal))
        {
            if (!IsRight(_committing)) world.Fail($"1/2/5/19: _SUCCESS is there, the output is not that of {_committing.Tiny.Name}: {Names(visible)}");
            (_settled, _committing) = (visible, null);
        }
    }

    /// <summary>The job whose outcome that commits came last; null before.</summary>
    public SimJob? Last { get; private set; }

    /// <summary>
    /// Machines lost what they had not synced. That may be an outcome, if nobody has acted on it: then it was never published.
    /// </summary>
    public void LookAfterPowerLoss()
    {
        foreach (var job in jobs)
        {
            if (!_outcomes.ContainsKey(job.Id) || disk.Find(OutcomePath(job)) is not null || !Visible().SequenceEqual(_settled!)) continue;
            world.Log($"the outcome of {job.Name} is lost");
            _outcomes.Remove(job.Id);
            if (_committing == job) Last = _committing = null;
        }

        // Until the commit is marked as done, its last name may be lost, and is put there again.
        if (_committing is null && Last is { } last && disk.Find($"{SimMaster.DataFolder}/jobs/{last.Id}/committed") is null) _committing = last;
        Look();
    }

    /// <summary>True when an outcome that commits was published.</summary>
    public bool IsCommitted(SimJob job) => _outcomes.ContainsKey(job.Id) && Outcome(job)?.Kind == OutcomeKind.Commit;

    /// <summary>True when a job's output is there, whole.</summary>
    public bool IsRight(SimJob job)
    {
        var files = Visible().Select(entry => Path.GetFileName(entry.Path)).Where(name => name != "_SUCCESS").ToDictionary(name => name, name => Content(name)!);
        return Content("_SUCCESS") is not null && job.Tiny.IsRight(files);
    }

    public bool HasEnded(SimJob job) => disk.Find($"{SimMaster.DataFolder}/jobs/{job.Id}/ended") is not null;

    public JobOutcome? Outcome(SimJob job) => new FileOutputStore(disk, SimMaster.DataFolder, OutputDurability.Machine).Outcome(job.Id);

    /// <summary>The files of the directory outside of <c>_temporary</c>.</summary>
    public IReadOnlyList<FileEntry> Visible() => disk.Find(output) is null ? [] : [.. disk.List(output).Where(entry => !entry.IsDirectory)];

    public static string Names(IReadOnlyList<FileEntry> files) => files.Count == 0 ? "nothing" : string.Join(", ", files.Select(file => $"{Path.GetFileName(file.Path)} ({file.Length} bytes)"));

    private static string OutcomePath(SimJob job) => $"{SimMaster.DataFolder}/jobs/{job.Id}/outcome";

    private byte[]? Content(string name) => disk.TryReadAll($"{output}/{name}");

    private void CheckOutcome(SimJob job)
    {
        var outcome = disk.Find(OutcomePath(job));
        if (_outcomes.TryGetValue(job.Id, out var before))
        {
            if (outcome != before) world.Fail($"5: the outcome of {job.Name} changed after it was published");
            return;
        }

        if (outcome is null) return;
        _outcomes.Add(job.Id, outcome);
        var kind = Outcome(job)!.Kind;
        world.Log($"outcome of {job.Name}: {kind}");
        if (kind == OutcomeKind.Commit)
        {
            if (_committing is not null) world.Fail($"5: {job.Name} commits while {_committing.Name} does");
            Last = _committing = job;
        }

        Decided?.Invoke();
    }
}

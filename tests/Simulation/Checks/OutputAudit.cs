using System.Text;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Storage;
using Simulation.Job;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>Looks at the output directory after every change of the disk, as a reader would who comes at the worst moment.</summary>
internal sealed class OutputAudit(VirtualWorld world, InMemoryFileSystem disk, string output, string jobId, TinyText text, bool hasOld)
{
    public const string OldContent = "old";

    private byte[]? _outcome;
    private bool _wasComplete;

    /// <summary>Called once, within the disk operation that publishes the outcome.</summary>
    public Action? Decided { get; set; }

    public bool HasOutcome => _outcome is not null;

    public void Look()
    {
        if (world.Failure is not null) return;
        CheckOutcome();
        var visible = Visible();
        if (_outcome is null && !IsUntouched(visible)) world.Fail($"5: output is visible before the outcome: {Names(visible)}");
        if (visible.GetValueOrDefault("_SUCCESS") is { } success && success != OldContent) CheckComplete(visible);
        else if (_wasComplete) world.Fail("16: _SUCCESS vanished");
    }

    /// <summary>Checks what a master told a worker: files that an outcome promises must not be called stale, for the worker may drop them.</summary>
    public void Answered(LeaseRef lease, CompleteAnswer answer)
    {
        if (answer != CompleteAnswer.Stale) return;
        var outcome = new FileOutputStore(disk, Cluster.SimMaster.DataFolder, OutputDurability.Machine).Outcome(jobId);
        if (outcome?.Winners.Any(winner => winner.Task == lease.Task && winner.Token == lease.Token) == true)
            world.Fail($"4: {lease.Task} {lease.Token} was called stale although the outcome commits it");
    }

    public bool IsComplete(IReadOnlyDictionary<string, string> visible) =>
        visible.Count == text.Expected.Count + 1
        && text.Expected.Select((part, index) => visible.GetValueOrDefault($"part-r-{index:D5}") == part).All(isRight => isRight);

    public bool IsUntouched(IReadOnlyDictionary<string, string> visible) =>
        hasOld ? visible.Count == OldNames.Length && visible.All(file => file.Value == OldContent) : visible.Count == 0;

    public static string[] OldNames { get; } = ["_SUCCESS", "part-r-00000", "part-r-00009"];

    /// <summary>The files of the output directory outside of <c>_temporary</c>.</summary>
    public IReadOnlyDictionary<string, string> Visible()
    {
        if (disk.Find(output) is null) return new Dictionary<string, string>();
        return disk.List(output).Where(entry => !entry.IsDirectory)
            .ToDictionary(entry => Path.GetFileName(entry.Path), entry => Encoding.UTF8.GetString(disk.TryReadAll(entry.Path)!));
    }

    public static string Names(IReadOnlyDictionary<string, string> files) => string.Join(", ", files.Select(file => $"{file.Key} ({file.Value.Length} bytes)"));

    private void CheckComplete(IReadOnlyDictionary<string, string> visible)
    {
        _wasComplete = true;
        if (!IsComplete(visible)) world.Fail($"1/5/19: _SUCCESS is there, the output is not what a sequential run gives: {Names(visible)}");
    }

    private void CheckOutcome()
    {
        var now = disk.TryReadAll($"{Cluster.SimMaster.DataFolder}/jobs/{jobId}/outcome");
        if (_outcome is not null && (now is null || !now.AsSpan().SequenceEqual(_outcome))) world.Fail("5: the outcome changed after it was published");
        if (now is null || _outcome is not null) return;
        _outcome = now;
        world.Log($"outcome: {Encoding.UTF8.GetString(now)}");
        Decided?.Invoke();
    }
}

using System.Diagnostics.CodeAnalysis;
using MapReduce;
using MapReduce.Memory;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Faults;
using Simulation.World;

namespace Simulation.Jobs;

/// <summary>
/// The real attempt runner on one simulated worker. Its work takes no time here, so an attempt waits before it and after it,
/// that faults may fall between.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "All that its runner would give back is memory that other workers use.")]
internal sealed class SimRunner : IAttemptRunner
{
    private const int LeastRoom = 1 << 10;

    // One for all the worlds that a thread runs: thousands of workers a second take memory.
    [ThreadStatic]
    private static MemoryPool? _memory;

    private readonly VirtualWorld _world;
    private readonly Node _node;
    private readonly IFileSystem _files;
    private readonly IAttemptWatch _watch;
    private readonly AttemptFaults _faults;
    private readonly AttemptRunner _runner;

    // While one attempt is held up in the midst of its work, another may run.
    private readonly Dictionary<TaskLease, JobPlan> _plans = new(ReferenceEqualityComparer.Instance);

    public SimRunner(VirtualWorld world, Node node, IFileSystem files, IOutputStore output, FaultProfile faults, IAttemptWatch watch, Func<string, bool> isReachable)
    {
        (_world, _node, _files, _watch) = (world, node, files, watch);
        _faults = new AttemptFaults(world, faults, watch);
        _runner = new AttemptRunner(
            files, output, new SimMapOutputs(files, isReachable), WorkFolder, lease => _plans[lease], isOnlyHost: false, runsInline: true, _memory ??= new MemoryPool(), LeastRoom);
    }

    public string? Refusal => _runner.Refusal;

    private string WorkFolder => SimMapOutputs.WorkFolder(_node.Name);

    public async Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        _watch.Started(lease, _node.Name);
        try
        {
            return await RunSlowlyAsync(lease, progress, _faults.IsDeaf() ? CancellationToken.None : cancellationToken);
        }
        catch (Exception error) when (error is AttemptFailedException or OperationCanceledException)
        {
            _world.Log($"{_node.Name}: {lease.Task} {lease.Token} ends: {error.Message}");
            throw;
        }
    }

    public void Discard(TaskLease lease) => _runner.Discard(lease);

    public void DiscardJob(string jobId) => _runner.DiscardJob(jobId);

    private async Task<AttemptResult> RunSlowlyAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellation)
    {
        if (!await WorkAsync(progress, "read", cancellation))
        {
            // That the cancellation came just now says nothing of how far the work would have been.
            using var stop = new CancellationTokenSource();
            return await RunHereAsync(lease, progress, _faults.Stop(stop), stop.Token);
        }

        if (_faults.Dies()) _node.Kill();
        if (_faults.Stalls(lease))
        {
            await new Wait(_node, lease.Spec.TaskTimeout + _world.Between(1, 30));
            cancellation = CancellationToken.None;
        }

        var result = await RunHereAsync(lease, progress, _faults.Draw(lease), cancellation);
        if (_faults.Rots(lease)) Rot(WorkDirectory.MapOutput(WorkFolder, lease.JobId, lease.Task, lease.Token));
        if (await WorkAsync(progress, "write", cancellation)) return result;
        Discard(lease);
        throw new OperationCanceledException("stopped at its end", cancellation);
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>False when the attempt was stopped meanwhile.</returns>
    private async Task<bool> WorkAsync(AttemptProgress progress, string phase, CancellationToken cancellation)
    {
        progress.Begin(phase, 2);
        var slowness = _faults.Slowness;
        for (var i = 0; i < 2 && !cancellation.IsCancellationRequested; i++)
        {
            await Delay.ForAsync(_world.Between(0.02, 0.4) * slowness, _node.Time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            progress.Add(1, 1);
        }

        return !cancellation.IsCancellationRequested;
    }

    private async Task<AttemptResult> RunHereAsync(TaskLease lease, AttemptProgress progress, CodeFault? fault, CancellationToken cancellation)
    {
        _plans[lease] = TinyJob.Named(lease.Spec.Job).PlanOf(lease, fault);
        try
        {
            return await _runner.RunAsync(lease, progress, cancellation);
        }
        finally
        {
            _plans.Remove(lease);
        }
    }

    private void Rot(string path)
    {
        if (_files.TryReadAll(path) is not { } bytes) return;
        bytes[_world.Random.Next(bytes.Length)] ^= (byte)(1 << _world.Random.Next(8));
        try
        {
            _files.WriteAll(path, bytes, exclusive: false, sync: false);
        }
        catch (IOException)
        {
            // A full disk has cut it short, and so it is corrupt all the same.
        }
    }
}

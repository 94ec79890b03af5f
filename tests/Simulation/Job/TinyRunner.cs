using System.Text;
using MapReduce.Counters;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Storage;
using MapReduce.Worker;
using Simulation.Checks;
using Simulation.Cluster;
using Simulation.World;

namespace Simulation.Job;

/// <summary>
/// Runs attempts of the tiny word count on one worker: slowly, in several steps, so that faults fall between them; it may
/// fail as user code does.
/// </summary>
internal sealed class TinyRunner(VirtualWorld world, Node node, IFileSystem files, IOutputStore output, FaultProfile faults, Ledger ledger, Func<string, bool> isReachable)
    : IAttemptRunner
{
    private string WorkFolder(string jobId) => $"/scratch/{node.Name}/{jobId}";

    private string MapPath(TaskLease lease) => MapPath(node.Name, lease.JobId, lease.Task, lease.Token);

    private static string MapPath(string worker, string jobId, TaskId map, string token) =>
        WorkDirectory.MapOutput($"/scratch/{worker}", jobId, map, token);

    public async Task<AttemptResult> RunAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        ledger.Started(lease, node.Name);
        try
        {
            await WorkAsync(progress, "read", cancellationToken);
            FailSometimes(lease);
            return lease.Task.Kind == TaskKind.Map
                ? await MapAsync(lease, progress, cancellationToken)
                : await ReduceAsync(lease, progress, cancellationToken);
        }
        catch (Exception error) when (error is AttemptFailedException or OperationCanceledException)
        {
            world.Log($"{node.Name}: {lease.Task} {lease.Token} ends: {(error is AttemptFailedException ? error.Message : "stopped")}");
            Discard(lease);
            throw;
        }
    }

    public void Discard(TaskLease lease)
    {
        files.Delete(MapPath(lease));
        output.Discard(lease.Spec.Output, lease.JobId, lease.Task, lease.Token);
    }

    public void DiscardJob(string jobId) => files.DeleteTree(WorkFolder(jobId));

    private async Task<AttemptResult> MapAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var range = lease.Split!.Pieces[0];
        var text = Encoding.UTF8.GetString(files.TryReadAll(range.Path)!);
        await WorkAsync(progress, "sort", cancellationToken);
        files.CreateDirectory(Path.GetDirectoryName(MapPath(lease))!);
        var mapOutput = WordCountCode.MapOutput(text, lease.Reducers);
        // Bit rot: the file is cut, which the check at its end proves.
        if (world.Chance(faults.Corruption)) mapOutput = mapOutput[..^1];
        files.WriteAll(MapPath(lease), Encoding.UTF8.GetBytes(mapOutput), exclusive: false, sync: false);
        await WorkAsync(progress, "spill", cancellationToken);
        var counters = new CounterSet();
        counters.Add(CounterNames.MapInputRecords, text.Count(c => c == '\n'));
        counters.Add(CounterNames.MapOutputRecords, text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length);
        return new AttemptResult { Bytes = mapOutput.Length, Counters = counters };
    }

    private async Task<AttemptResult> ReduceAsync(TaskLease lease, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var words = Fetch(lease);
        await WorkAsync(progress, "merge", cancellationToken);
        var counts = WordCountCode.Count(words);
        var bytes = Encoding.UTF8.GetBytes(WordCountCode.Format(counts));
        var name = $"part-r-{lease.Task.Index:D5}";
        using (var writer = output.Create(lease.Spec.Output, lease.JobId, lease.Task, lease.Token, name)) writer.Write(bytes);
        await WorkAsync(progress, "write", cancellationToken);
        output.Seal(lease.Spec.Output, lease.JobId, lease.Task, lease.Token);
        var counters = new CounterSet();
        counters.Add(CounterNames.ReduceInputRecords, words.Count);
        counters.Add(CounterNames.ReduceOutputRecords, counts.Count);
        return new AttemptResult { Files = [new OutputFile(name, bytes.Length, counts.Count, 0)], Bytes = bytes.Length, Counters = counters };
    }

    private List<string> Fetch(TaskLease lease)
    {
        var words = new List<string>();
        var failures = new List<FetchFailure>();
        foreach (var location in lease.MapOutputs!)
        {
            var map = new TaskId(lease.Task.Step, TaskKind.Map, location.Map);
            var bytes = isReachable(location.Worker) ? files.TryReadAll(MapPath(location.Worker, lease.JobId, map, location.Token)) : null;
            var segment = bytes is null ? null : WordCountCode.Segment(Encoding.UTF8.GetString(bytes), lease.Task.Index, lease.Reducers);
            if (segment is null) failures.Add(new FetchFailure(location.Map, location.Token, IsCorrupt: bytes is not null));
            else words.AddRange(segment);
        }

        if (failures.Count == 0) return words;
        var maps = string.Join(", ", failures.Select(failure => $"{failure.Map} {failure.Token}{(failure.IsCorrupt ? " corrupt" : " gone")}"));
        throw new AttemptFailedException(new AttemptFailure(FailureKind.Fetch, $"map outputs not fetched: {maps}", FetchFailures: failures));
    }

    private void FailSometimes(TaskLease lease)
    {
        var isPoison = faults.Poison == lease.Task.Index && lease.Task.Kind == TaskKind.Map;
        // Three failures at most: a fourth would rightly end the job.
        if (isPoison || (ledger.FailuresOf(lease.Task) < 3 && world.Chance(faults.AttemptFailure)))
        {
            ledger.Failed(lease.Task);
            throw new AttemptFailedException(new AttemptFailure(FailureKind.User, isPoison ? "poisoned record" : "user code threw"));
        }
    }

    private async Task WorkAsync(AttemptProgress progress, string phase, CancellationToken cancellationToken)
    {
        progress.Begin(phase, 100);
        var slowness = (world.Chance(faults.Straggler) ? 100 : 1) * (faults.IsQuick ? 0.05 : 1);
        for (var i = 0; i < 4; i++)
        {
            await Delay.ForAsync(world.Between(0.01, 0.2) * slowness, node.Time, cancellationToken);
            progress.Add(25, 1);
        }
    }
}

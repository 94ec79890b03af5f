using MapReduce.Protocol;
using Simulation.Cluster;
using Simulation.Disk;
using Simulation.World;

namespace Simulation.Faults;

/// <summary>Brings the blows that a profile foresees down on a cluster.</summary>
internal sealed class Blows(VirtualWorld world, SimCluster cluster, SimDisk disk, FaultProfile faults, IReadOnlyList<SimJob> jobs, Func<SimJob, bool> wasComplete)
{
    private Action? _inCommit;

    public void Schedule()
    {
        foreach (var blow in faults.Blows) world.After(blow.WaitsForCommit ? TimeSpan.Zero : blow.At, () => Strike(blow));
    }

    /// <summary>An outcome was published, by an operation on the disk that is not over yet.</summary>
    public void Decided()
    {
        var strike = _inCommit;
        _inCommit = null;
        strike?.Invoke();
    }

    private void Strike(Blow blow)
    {
        if (faults.IsOver) return;
        world.Log($"blow {blow.Name}");
        switch (blow.Kind)
        {
            case BlowKind.WorkerDies: cluster.AnyWorker()?.Node.Kill(); break;
            case BlowKind.WorkerDiesAtFailPoint: AtFailPoint(cluster.AnyWorker()?.Node, node => node.Kill()); break;
            case BlowKind.WorkerPauses: cluster.AnyWorker()?.Node.PauseFor(blow.Lasts); break;
            case BlowKind.WorkerStallsAtFailPoint: AtFailPoint(cluster.AnyWorker()?.Node, node => Stall(node, blow)); break;
            case BlowKind.WorkerLeaves: cluster.AnyWorker()?.Leave(); break;
            case BlowKind.WorkerIsDrained: DrainForAWhile(blow.Lasts); break;
            case BlowKind.WorkerLosesPower: LosePower(cluster.AnyWorker()?.Node); break;
            case BlowKind.WorkerLosesPowerAtFailPoint: AtFailPoint(cluster.AnyWorker()?.Node, node => LosePowerSoon(node)); break;
            case BlowKind.WorkerDiskFull: if (cluster.AnyWorker() is { } worker) Fill(worker.WorkDirectory, blow.Lasts); break;
            case BlowKind.MapOutputVanishes: Vanish(path => path.StartsWith("/scratch/", StringComparison.Ordinal)); break;
            case BlowKind.PartVanishes: VanishPart(); break;
            case BlowKind.MasterDies: cluster.AnyMaster()?.Node.Kill(); break;
            case BlowKind.MasterDiesAtFailPoint: AtFailPoint(cluster.AnyMaster()?.Node, node => node.Kill()); break;
            case BlowKind.MasterPauses: cluster.AnyMaster()?.Node.PauseFor(blow.Lasts); break;
            case BlowKind.MasterStallsAtFailPoint: AtFailPoint(cluster.AnyMaster()?.Node, node => Stall(node, blow)); break;
            case BlowKind.MasterLosesPower: LosePower(cluster.AnyMaster()?.Node); break;
            case BlowKind.MasterLosesPowerAtFailPoint: AtFailPoint(cluster.AnyMaster()?.Node, node => LosePowerSoon(node)); break;
            case BlowKind.SharedDiskFull: Fill(world.Chance(0.5) ? "/data" : SimMaster.DataFolder, blow.Lasts); break;
            case BlowKind.MastersDieInCommit: _inCommit += () => InCommit(cluster.Masters, node => node.Kill()); break;
            case BlowKind.MasterStallsInCommit: _inCommit += () => InCommit(cluster.AnyMaster() is { } one ? [one] : [], node => StallInCommit(node, blow)); break;
            case BlowKind.PowerFailsInCommit: _inCommit += PowerFailsInCommit; break;
            case BlowKind.RequestsLost: Cut(Way.Requests, blow.Lasts); break;
            case BlowKind.AnswersLost: Cut(Way.Answers, blow.Lasts); break;
            case BlowKind.FetchesFail: Cut(Way.Fetches, blow.Lasts); break;
            case BlowKind.StorePauses: cluster.Store.Pause(blow.Lasts); break;
            case BlowKind.StoreWiped: cluster.Store.Wipe(); break;
            case BlowKind.StoreWipedInCommit: _inCommit += () => world.Later(world.Between(0, 0.01), cluster.Store.Wipe); break;
            case BlowKind.StoreRestored: cluster.Store.RestoreLater(blow.Lasts); break;
            case BlowKind.StoreFailsOver: cluster.Store.FailOver(blow.Lasts / 20); break;
            case BlowKind.StoreSplits: if (cluster.AnyMaster() is { } stray) cluster.Store.Split([stray.Node], blow.Lasts); break;
            case BlowKind.Blackout: BlackOut(); break;
            default: throw new InvalidOperationException($"Nothing is done for {blow.Kind}.");
        }
    }

    private void AtFailPoint(Node? node, Action<Node> strike) => node?.AfterFailPoints(world.Random.Next(1, 40), () => strike(node));

    // A commit comes to up to a hundred fail-points; before the twelfth it has changed nothing.
    private void InCommit(IEnumerable<SimMaster> masters, Action<Node> strike)
    {
        foreach (var master in masters.ToList()) master.Node.AfterFailPoints(world.Random.Next(1, world.Chance(0.5) ? 12 : 100), () => strike(master.Node));
    }

    // After one of the names that a commit gives: before it is durable, and perhaps after a later one is.
    private void PowerFailsInCommit()
    {
        foreach (var master in cluster.Masters.ToList())
        {
            master.Node.AfterFailPoints(
                world.Random.Next(1, 9), () => LosePowerSoon([master.Node, .. cluster.Nodes]), (point, moment) => moment == Moment.After && FailPoints.IsNaming(point));
        }
    }

    // For so long that another master may end the job meanwhile, and a later one take the directory and end, too.
    private void StallInCommit(Node node, Blow blow) => node.StallFor(blow.Lasts * 4, isWholeProcess: world.Chance(0.3));

    private void Stall(Node node, Blow blow) => node.StallFor(blow.Lasts, isWholeProcess: world.Chance(0.7));

    // The process is stopped in the midst of an operation; others act on what they see of it until its machine loses that.
    private void LosePowerSoon(params IReadOnlyList<Node> nodes)
    {
        nodes[0].Kill();
        world.Later(world.Between(0, 0.01), () => cluster.LosePower(nodes));
    }

    private void LosePower(Node? node)
    {
        if (node is not null) cluster.LosePower([node]);
    }

    // All machines at once, that of the store as well.
    private void BlackOut()
    {
        cluster.Store.Wipe();
        cluster.LosePower(cluster.Nodes);
    }

    // By a master, who lets the worker claim again later: it must finish what it has, serve what it holds, and come back.
    private void DrainForAWhile(TimeSpan lasts)
    {
        if (cluster.AnyWorker()?.Node is not { } worker) return;
        Ask(worker, isDraining: true);
        world.Later(lasts, () => Ask(worker, isDraining: false));
    }

    // Whoever drains workers looks after them: a store that did not know the worker, or went back to when it was drained, is asked again.
    private void Ask(Node worker, bool isDraining)
    {
        if (worker.IsDead || faults.IsOver) return;
        world.Log($"{worker.Name} is {(isDraining ? "drained" : "to claim again")}");
        if (cluster.AnyMaster() is { } master) master.Node.Start(() => AskAsync(master, worker.Name, isDraining));
        if (!isDraining) world.After(TimeSpan.FromSeconds(15), () => Ask(worker, isDraining));
    }

    private static async Task AskAsync(SimMaster master, string worker, bool isDraining)
    {
        try
        {
            await master.Coordinator.DrainAsync(worker, isDraining, CancellationToken.None);
        }
        catch (MasterUnavailableException)
        {
        }
    }

    private void Fill(string root, TimeSpan lasts)
    {
        world.Log($"the disk of {root} is full for {lasts.TotalSeconds:F1} s");
        cluster.MayDiskFail = true;
        disk.Fill(root, true);
        world.Later(lasts, () =>
        {
            world.Log($"the disk of {root} has room");
            disk.Fill(root, false);
        });
    }

    // Before the winners' files are looked at, a lost one costs a second attempt; afterwards nothing could bring it back.
    private void VanishPart()
    {
        if (jobs.Any(wasComplete)) return;
        Vanish(path => path.Contains("/_temporary/", StringComparison.Ordinal) && Path.GetFileName(path) is var name && (name.StartsWith("part-", StringComparison.Ordinal) || name.StartsWith("lines-", StringComparison.Ordinal)));
    }

    private void Vanish(Func<string, bool> which)
    {
        var files = disk.AllFiles().Where(which).ToList();
        if (files.Count == 0) return;
        var path = files[world.Random.Next(files.Count)];
        world.Log($"{path} vanishes");
        disk.Vanish(path);
    }

    private void Cut(Way way, TimeSpan lasts)
    {
        if (cluster.AnyWorker() is { } worker) cluster.Network.Cut(worker.Node, way, lasts);
    }
}

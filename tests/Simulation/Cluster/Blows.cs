using MapReduce.Scheduling;
using MapReduce.Storage;
using Simulation.Checks;
using Simulation.World;

namespace Simulation.Cluster;

/// <summary>Brings the faults that a profile foresees down on a cluster.</summary>
internal sealed class Blows(VirtualWorld world, SimCluster cluster, InMemoryTaskLeaseStore store, StoreAudit audit, OutputAudit output, InMemoryFileSystem disk, FaultProfile faults)
{
    private bool _isStorePaused;

    public void Schedule()
    {
        if (faults.Blows > 0) output.Decided = StrikeCommit;
        for (var i = 0; i < faults.Blows; i++) world.After(world.Between(0, faults.BlowsWithin), Strike);
    }

    private void Strike()
    {
        switch (world.Random.Next(12))
        {
            case 0: cluster.AnyWorker()?.Node.Kill(); break;
            case 1: cluster.AnyWorker()?.Node.PauseFor(world.Between(1, 45)); break;
            case 2: cluster.AnyWorker()?.Node.KillAtDiskOperation(world.Random.Next(1, 20)); break;
            case 3: cluster.AnyWorker()?.Drain(); break;
            case 4: cluster.AnyMaster()?.Node.Kill(); break;
            case 5: cluster.AnyMaster()?.Node.PauseFor(world.Between(1, 45)); break;
            case 6 or 7: cluster.AnyMaster()?.Node.KillAtDiskOperation(world.Random.Next(1, 30)); break;
            case 8: PauseStore(); break;
            case 9: LoseOutputFile(); break;
            case 10: DrainForAWhile(); break;
            default: ForgetStore(); break;
        }
    }

    // By the master, who lets the worker claim again later: it must finish what it has, serve what it holds, and come back.
    private void DrainForAWhile()
    {
        if (_isStorePaused || cluster.AnyWorker() is not { } worker) return;
        world.Log($"master drains {worker.Node.Name}");
        Ask(isDraining: true);
        world.After(world.Between(1, 45), Resume);

        void Resume()
        {
            world.Log($"master resumes {worker.Node.Name}");
            if (_isStorePaused) world.After(TimeSpan.FromSeconds(1), Resume);
            else Ask(isDraining: false);
        }

        // A store in memory has done it when it returns.
        void Ask(bool isDraining) => _ = store.DrainAsync(worker.Node.Name, isDraining, default).AsTask();
    }

    // The moment between the outcome and the last rename is short, and the one that matters most.
    private void StrikeCommit()
    {
        switch (world.Random.Next(6))
        {
            case 0: cluster.StrikeMasters(master => master.Node.KillAtDiskOperation(world.Random.Next(1, 15))); break;
            case 1: cluster.StrikeMasters(master => master.Node.KillAtDiskOperation(world.Random.Next(1, 15))); goto case 2;
            case 2: world.After(world.Between(0, 0.01), ForgetStore); break;
            case 3: cluster.StrikeMasters(master => master.Node.PauseFor(world.Between(1, 45))); break;
        }
    }

    // Before the outcome a lost file costs a second attempt; after it nothing could bring it back.
    private void LoseOutputFile()
    {
        var parts = disk.AllFiles().Where(path => path.Contains("/_temporary/", StringComparison.Ordinal) && path.Contains("/part-r-", StringComparison.Ordinal)).ToList();
        if (output.HasOutcome || parts.Count == 0) return;
        var lost = parts[world.Random.Next(parts.Count)];
        world.Log($"disk loses {lost}");
        disk.Delete(lost);
    }

    private void PauseStore()
    {
        if (_isStorePaused) return;
        var duration = world.Between(1, 45);
        world.Log($"store pauses for {duration.TotalSeconds:F1} s");
        store.Pause();
        _isStorePaused = true;
        world.After(duration, () =>
        {
            world.Log("store resumes");
            store.Resume();
            _isStorePaused = false;
        });
    }

    private void ForgetStore()
    {
        if (!faults.StoreForgets || _isStorePaused) return;
        if (world.Chance(0.5))
        {
            world.Log("store loses its memory");
            store.Wipe();
            audit.Forget();
            return;
        }

        world.Log("store is saved");
        var saved = store.Snapshot();
        world.After(world.Between(1, 45), () => Restore(saved));
    }

    private void Restore(StoreSnapshot saved)
    {
        if (_isStorePaused)
        {
            world.After(TimeSpan.FromSeconds(1), () => Restore(saved));
            return;
        }

        world.Log("store goes back to what was saved");
        store.Restore(saved);
        audit.Forget();
    }
}

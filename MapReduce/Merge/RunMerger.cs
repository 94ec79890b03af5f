using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>
/// Merges runs within a task's memory. Too many to read at once are first merged in groups of neighbours, smallest group first:
/// only neighbours, so that equal keys keep the order of the runs.
/// </summary>
internal sealed class RunMerger(Workspace workspace, RunCombiner? combiner)
{
    /// <summary>Merges until at most as many runs are left as one merge can read.</summary>
    public List<RunFile> Narrow(IEnumerable<RunFile> runs)
    {
        var list = runs.ToList();
        while (list.Count > workspace.FanIn)
        {
            var width = Math.Min(workspace.FanIn, list.Count - workspace.FanIn + 1);
            var start = SmallestWindow(list, width);
            var group = list.GetRange(start, width);
            using (var output = workspace.NewRun())
            {
                Merge(group, output);
                list[start] = output.Complete();
            }

            list.RemoveRange(start + 1, width - 1);
            foreach (var run in group) DeleteOwn(run);
        }

        return list;
    }

    /// <summary>Merges any number of runs into one, and deletes those that are the attempt's own.</summary>
    public void MergeAll(IEnumerable<RunFile> runs, RunWriter output)
    {
        var narrowed = Narrow(runs);
        Merge(narrowed, output);
        foreach (var run in narrowed) DeleteOwn(run);
    }

    /// <summary>Merges runs, few enough, into one.</summary>
    public void Merge(IReadOnlyList<RunFile> runs, RunWriter output)
    {
        foreach (var partition in runs.SelectMany(run => run.Segments).Select(segment => segment.Partition).Distinct().Order())
        {
            workspace.Cancellation.ThrowIfCancellationRequested();
            using var merged = Open(runs, partition);
            output.BeginPartition(partition, isSorted: true);
            if (combiner is null) Copy(merged, output);
            else combiner.Combine(merged, output);
            output.EndPartition();
        }

        workspace.Counters.SpilledRecords += output.Records;
    }

    /// <summary>One partition of the runs, merged as it is read.</summary>
    public MergeReader Open(IReadOnlyList<RunFile> runs, int partition)
    {
        var readers = new List<RunReader>();
        try
        {
            foreach (var run in runs)
            {
                if (run.Find(partition) is { } segment)
                    readers.Add(workspace.Read(run.Path, segment.Offset, segment.Length, segment.Records));
            }
        }
        catch
        {
            foreach (var reader in readers) reader.Dispose();
            throw;
        }

        return new MergeReader(readers);
    }

    private static unsafe void Copy(MergeReader from, RunWriter to)
    {
        while (from.MoveNext()) to.Append(from.Key, from.KeyLength, from.Value, from.ValueLength);
    }

    private static int SmallestWindow(List<RunFile> runs, int width)
    {
        var sum = runs.Take(width).Sum(run => run.Length);
        int best = 0;
        var smallest = sum;
        for (var start = 1; start + width <= runs.Count; start++)
        {
            sum += runs[start + width - 1].Length - runs[start - 1].Length;
            if (sum < smallest) (smallest, best) = (sum, start);
        }

        return best;
    }

    // A map output of another task is read where it lies and stays there.
    private void DeleteOwn(RunFile run)
    {
        if (Path.GetDirectoryName(run.Path) == workspace.Directory) workspace.Files.Delete(run.Path);
    }
}

using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Output;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Map;

/// <summary>Runs the first step of a plan without an attempt around it.</summary>
internal static class StepRuns
{
    public static RunFile Map(this TestWorkspace test, JobPlan plan, InputSplit split, int partitions = 1, string name = "map") =>
        test.Map(plan, split, new HashPartitioner(partitions), name);

    public static RunFile Map(this TestWorkspace test, JobPlan plan, InputSplit split, Partitioner partitioner, string name = "map") =>
        plan.Steps[0].Map(split, partitioner, test.Path(name), Context(test), test.Workspace);

    /// <summary>The lines that a reduce task writes.</summary>
    public static string[] Reduce(this TestWorkspace test, JobPlan plan, int partition, params RunFile[] maps)
    {
        var task = Context(test);
        plan.Steps[0].Reduce(Segments(partition, maps), task, test.Workspace);
        return File.ReadAllLines(test.Path(Assert.Single(task.Files.Complete()).Name));
    }

    public static IReadOnlyList<Segment> Segments(int partition, params RunFile[] maps) =>
        [.. maps.Select((map, index) => (Map: map, Index: index, Found: map.Find(partition))).Where(output => output.Found is not null).Select(output => new Segment(
            new MapOutputLocation(output.Index, "1.token", "worker"), output.Map.Path, output.Found!.Offset, output.Found.Length, output.Found.Records, output.Found.IsSorted))];

    /// <summary>An attempt that writes its files into the test's folder.</summary>
    public static TaskContext Context(TestWorkspace test) =>
        new(TestLeases.Any, test.Workspace, [], new AttemptFiles(name => test.Workspace.Files.Create(test.Path(name)), TestLeases.Any.Task, isOnlyStep: true, test.Workspace));

    /// <summary>A split whose n-th line is n, for mappers that look their records up.</summary>
    public static InputSplit Numbers(this TestWorkspace test, int count) =>
        test.Split(string.Concat(Enumerable.Range(0, count).Select(i => $"{i}\n")));
}

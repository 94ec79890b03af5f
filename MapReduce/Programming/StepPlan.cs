using MapReduce.Input;
using MapReduce.Map;
using MapReduce.Protocol;
using MapReduce.Shuffle;
using MapReduce.Spill;

namespace MapReduce;

/// <summary>One step of a plan, with the types of its keys and values hidden: what an attempt of each kind of task does.</summary>
internal abstract class StepPlan
{
    /// <summary>The inputs of the job that its map tasks read, in the order of <see cref="FileRange.Source"/>, in which the step before, if there is one, is the first.</summary>
    public abstract IReadOnlyList<InputShape> Inputs { get; }

    public abstract StepShape Shape { get; }

    /// <summary>True when something other than its whole key says in which partition, or in which order, a record comes.</summary>
    public abstract bool PartitionsItsOwnWay { get; }

    /// <summary>The step with a combiner that never runs, but is tried on all values; what is wrong with it is told.</summary>
    public abstract StepPlan WithoutCombiner(Action<string> found);

    /// <summary>The step with a combiner that, each time that it runs, also runs on what it made of halves of the values.</summary>
    public abstract StepPlan WithCombinerTwice();

    /// <summary>Reads a sample of the input, by one mapper as of a task, and chooses the range boundaries.</summary>
    public abstract byte[] Sample(InputSplit probes, int partitions, TaskContext task, Workspace workspace);

    /// <summary>Maps a split into a run with a segment for each partition.</summary>
    public abstract RunFile Map(InputSplit split, Partitioner partitioner, string path, TaskContext task, Workspace workspace);

    /// <summary>Maps a split straight into a part of the output.</summary>
    public abstract void MapToOutput(InputSplit split, TaskContext task, Workspace workspace);

    /// <summary>Merges the segments of a partition and reduces them into a part of the output.</summary>
    public abstract void Reduce(IReadOnlyList<Segment> segments, TaskContext task, Workspace workspace);
}

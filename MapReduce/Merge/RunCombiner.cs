using MapReduce.Spill;

namespace MapReduce.Merge;

/// <summary>Runs the job's combiner over sorted records, wherever they are written again.</summary>
internal abstract class RunCombiner
{
    /// <summary>Writes the records of one partition, combined.</summary>
    public abstract void Combine(RecordStream sorted, RunWriter output);
}
